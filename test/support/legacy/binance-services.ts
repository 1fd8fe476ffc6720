import type { Bars } from '../../../src/market/bars.js';
import { type ArrowOptions, arrowBytes } from './arrow-bytes.js';
import type { OldFile } from './old-file.js';
import { parquetBytes } from './parquet-bytes.js';
import { splitPeriods } from './split-periods.js';

/** The places and spellings of its files through the years, by the ids of the versions that wrote them. */
export const BINANCE_FORMS = [
  'B1',
  'B1-vision',
  'B2',
  'B3',
  'B4',
  'B4b',
  'B5',
  'B6',
  'B7',
  'B7b',
  'B8-parquet',
  'B8',
  'B9',
  'B9b',
  'plan',
] as const;
export type BinanceForm = (typeof BINANCE_FORMS)[number];

export interface BinanceOptions {
  readonly form: BinanceForm;
  /** `BTCUSDT`, `BTCUSD_PERP`: theirs. */
  readonly ticker: string;
  readonly interval: string;
  readonly market?: 'spot' | 'um' | 'cm';
}

interface Form {
  readonly span: 'day' | 'month';
  readonly at: (o: Required<BinanceOptions>, date: string) => string;
  readonly bytes: (bars: Bars) => Uint8Array;
}

const canonical = { quote_volume: 'quote_asset_volume', trades: 'count' };
const arrow = (options: ArrowOptions) => (bars: Bars) => arrowBytes(bars, options);
const plain = arrow({ names: canonical });
const packed = arrow({ names: canonical, packed: true });
const parquet = (bars: Bars): Uint8Array => parquetBytes(bars, { unit: 'ns', names: canonical });
const compact = (date: string): string => date.replaceAll('-', '');
const FOLDERS = { spot: 'spot', um: 'futures_um', cm: 'futures_cm' } as const;
const MIRROR = { spot: 'spot', um: 'futures/um', cm: 'futures/cm' } as const;

const FORMS: Readonly<Record<BinanceForm, Form>> = {
  B1: {
    span: 'month',
    at: ({ ticker, interval }, date) => `data/${ticker}/${interval}/${compact(date)}.arrow`,
    bytes: arrow({ names: { taker_buy_volume: 'taker_buy_base' } }),
  },
  'B1-vision': {
    span: 'month',
    at: ({ ticker, interval }, date) => `${ticker}/${interval}/${compact(date)}.arrow`,
    bytes: plain,
  },
  B2: {
    span: 'month',
    at: ({ ticker, interval }, date) => `data/binance/spot/klines/daily/${ticker}/${interval}/${compact(date)}.arrow`,
    bytes: plain,
  },
  B3: {
    span: 'day',
    at: ({ ticker, interval }, date) => `data/binance/spot/klines/daily/${ticker}/${interval}/${compact(date)}.arrow`,
    bytes: plain,
  },
  B4: {
    span: 'day',
    at: ({ ticker, interval }, date) => `BINANCE/KLINES/${ticker}/${interval}/${date}.arrow`,
    bytes: packed,
  },
  B4b: {
    span: 'day',
    at: ({ market, ticker, interval }, date) => `BINANCE/KLINES/${market}/${ticker}/${interval}/${date}.arrow`,
    bytes: packed,
  },
  B5: {
    span: 'day',
    at: ({ market, ticker, interval }, date) =>
      `BINANCE/KLINES/${market}/${ticker}/${interval}/${compact(date)}.parquet`,
    bytes: parquet,
  },
  B6: {
    span: 'day',
    at: ({ market, ticker, interval }, date) => `BINANCE/KLINES/${market}/${ticker}/${interval}/${compact(date)}.arrow`,
    bytes: plain,
  },
  B7: {
    span: 'day',
    at: ({ market, ticker, interval }, date) => {
      const [, base, quote] = /^(.*?)(USDT|USD)$/.exec(ticker.replace('_PERP', '')) ?? [];
      return `binance/klines/${market}/${base}/${quote}/${interval}/${compact(date)}.arrow`.toLowerCase();
    },
    bytes: plain,
  },
  B7b: {
    span: 'day',
    at: ({ ticker, interval }, date) =>
      `binance/klines/spot/daily/klines/${ticker.toLowerCase()}/${interval}/${ticker}-${interval}-${date}.arrow`,
    bytes: plain,
  },
  'B8-parquet': { span: 'day', at: atMirror, bytes: parquet },
  B8: { span: 'day', at: atMirror, bytes: arrow({ names: canonical, unit: 'us', idle: { _data_source: 'VISION' } }) },
  B9: {
    span: 'day',
    at: ({ ticker, interval }, date) => `BINANCE/KLINES/${ticker}/${interval}/${date}.arrow`,
    bytes: arrow({ zone: null, names: { trades: 'count' }, text: ['trades'], idle: { ignore: '0' } }),
  },
  B9b: {
    span: 'day',
    at: ({ market, ticker, interval }, date) => `BINANCE/KLINES/${FOLDERS[market]}/${ticker}/${interval}/${date}.arrow`,
    bytes: arrow({ names: { trades: 'count' }, timeLast: true }),
  },
  plan: { span: 'day', at: ({ ticker, interval }, date) => `${ticker}/${interval}/${date}.arrow`, bytes: packed },
};

function atMirror({ market, ticker, interval }: Required<BinanceOptions>, date: string): string {
  return `data/${MIRROR[market]}/daily/klines/${ticker}/${interval}/${ticker}-${interval}-${date}.arrow`;
}

/** Bars as one version of the Binance services left them: a file a day, or a month. */
export function binanceServiceFiles(bars: Bars, options: BinanceOptions): OldFile[] {
  const { span, at, bytes } = FORMS[options.form];
  const known = { market: 'spot', ...options } as const;
  return splitPeriods(bars, span).map(({ name, bars: part }) => ({ path: at(known, name), bytes: bytes(part) }));
}
