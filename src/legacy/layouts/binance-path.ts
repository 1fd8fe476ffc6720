import type { Range } from '../../market/range.js';
import { DAY } from '../../market/timeframe.js';

/** What the path of a file of one of the Binance services says. */
export interface BinancePath {
  readonly layout: 'binance-klines' | 'binance-vision-mirror' | 'symbol-days';
  /** Ours: with its market. */
  readonly symbol: string;
  /** As written; undefined where a name was cut to pieces by its underscores. */
  readonly interval: string | undefined;
  /** The tool wrote `1M` and `1m` into the same place. */
  readonly foldsCase: boolean;
  /** The day or month in its name. */
  readonly period: Range | undefined;
}

const SYMBOL = String.raw`(?<symbol>[A-Z0-9]{2,20}(?:_PERP|_\d{6})?)`;
const INTERVAL = String.raw`(?<interval>\d{1,2}(?:mo|[smhdw]))`;
const DATE = String.raw`(?<date>\d{4}-?(?:0[1-9]|1[0-2])(?:-?[0-3]\d)?)`;
const END = String.raw`\.(?:arrow|parquet|feather)$`;
const MARKET = '(?<market>spot|um|cm|futures_um|futures_cm|futures_usdt|futures_coin)';

interface Form extends Pick<BinancePath, 'layout' | 'foldsCase'> {
  readonly pattern: RegExp;
}

const form = (layout: Form['layout'], foldsCase: boolean, ...parts: string[]): Form => ({
  layout,
  foldsCase,
  pattern: new RegExp(`(?:^|/)${parts.join('')}${END}`, 'i'),
});

/** The most telling first. Names that an underscore cut to pieces hold many days, and the rows say which. */
const FORMS: readonly Form[] = [
  form('binance-klines', true, `binance/klines/${MARKET}/daily/klines/${SYMBOL}/${INTERVAL}/[^/]*?(?:${DATE})`),
  form(
    'binance-klines',
    true,
    `binance/klines/futures/daily/klines/(?<market>usdt|coin)/${SYMBOL}/[^/]*-${INTERVAL}-+`,
  ),
  form('binance-klines', true, `binance/klines/futures/daily/klines/(?<market>usdt|coin)/${SYMBOL}/[^/]*`),
  form(
    'binance-vision-mirror',
    false,
    `(?<market>spot|futures/um|futures/cm)/(?:daily|monthly)/klines/${SYMBOL}/${INTERVAL}/[^/]*?-${DATE}`,
  ),
  form('binance-klines', true, `binance/(?<market>spot)/klines/daily/${SYMBOL}/${INTERVAL}/${DATE}`),
  form('binance-klines', true, `binance/klines/${SYMBOL}/${INTERVAL}/${DATE}`),
  form('binance-klines', true, `binance/klines/${MARKET}/${SYMBOL}/${INTERVAL}/${DATE}`),
  form(
    'binance-klines',
    true,
    `binance/klines/${MARKET}/(?<base>[a-z0-9]{1,15})/(?<quote>[a-z0-9]{2,6})/${INTERVAL}/${DATE}`,
  ),
  form('binance-klines', true, `binance/klines/futures/(?<market>usdt|coin)/${SYMBOL}/${INTERVAL}`),
  form('binance-klines', true, `binance/klines/futures/(?<market>usdt|coin)/${SYMBOL}/[^/]*`),
  form('binance-klines', true, `binance/klines/futures/(?:usd/t|(?<market>usdt|coin)/[^/]*)/${SYMBOL}/${INTERVAL}`),
  form('symbol-days', false, `(?<symbol>[^/]{1,40})/${INTERVAL}/${DATE}`),
];

export function parseBinancePath(path: string): BinancePath | undefined {
  for (const { pattern, layout, foldsCase } of FORMS) {
    const groups = pattern.exec(path)?.groups;
    if (groups === undefined) continue;
    const { base, quote, interval, date } = groups;
    const ticker = groups.symbol ?? `${base}${quote}`;
    // Only Binance's are all capitals, whatever the folder; other people's `frxEURUSD` is another than `FRXEURUSD`.
    const symbol = layout === 'symbol-days' ? ticker : nameSymbol(ticker.toUpperCase(), groups.market, path);
    return { layout, foldsCase, symbol, interval, period: periodOf(date) };
  }
  return undefined;
}

function nameSymbol(ticker: string, market: string | undefined, path: string): string {
  const book = market?.toLowerCase() ?? (/\/futures\//i.test(path) ? 'um' : 'spot');
  if (/(um|usdt)$/.test(book)) return `${ticker}@um`;
  if (!/(cm|coin)$/.test(book)) return ticker;
  return `${ticker.includes('_') ? ticker : `${ticker}_PERP`}@cm`;
}

function periodOf(date: string | undefined): Range | undefined {
  const digits = date?.replaceAll('-', '');
  if (digits === undefined) return undefined;
  const year = Number(digits.slice(0, 4));
  const month = Number(digits.slice(4, 6)) - 1;
  if (digits.length === 6) return { start: Date.UTC(year, month), end: Date.UTC(year, month + 1) };
  const start = Date.UTC(year, month, Number(digits.slice(6)));
  return { start, end: start + DAY };
}
