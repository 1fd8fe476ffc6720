import { alphaVantage } from '../../plugins/alpha-vantage/src/index.js';
import { binance } from '../../plugins/binance/src/index.js';
import { coingecko } from '../../plugins/coingecko/src/index.js';
import { deriv } from '../../plugins/deriv/src/index.js';
import { yahoo } from '../../plugins/yahoo/src/index.js';
import type { AnyProvider, BarRequest, Timeframe } from '../../src/provider/index.js';
import { tinyProvider } from '../support/tiny-provider.js';

/** With everything in it that some encoding changes. A header cannot hold its last character: see `HEADER_CANARY`. */
export const CANARY = 'CANARY-%+/=é…';
const HEADER_CANARY = "CANARY-%+/='&?#";

/** One bar as a server says it. Cells are whatever a case puts there; `Raw` is not quoted on its way out. */
export interface WireRow {
  readonly time: number;
  readonly open: unknown;
  readonly high: unknown;
  readonly low: unknown;
  readonly close: unknown;
  readonly volume: unknown;
  /** How long it lasts, where the wire says so. */
  readonly step: number;
}

/** A token that JSON.stringify would not write, such as NaN. */
export class Raw {
  constructor(readonly token: string) {}
}

function writeJson(value: unknown): string {
  const tokens: string[] = [];
  const text = JSON.stringify(value, (_, each: unknown) =>
    each instanceof Raw ? `\u0001${tokens.push(each.token) - 1}\u0001` : each,
  );
  return text.replace(/"\\u0001(\d+)\\u0001"/g, (_, i: string) => tokens[Number(i)] as string);
}

export interface Page {
  /** As the request says them, where it does: milliseconds, both inclusive. */
  readonly from?: number;
  readonly to?: number;
}

/** A provider, what to ask it, and how its own servers would say a list of bars. */
export interface Subject {
  readonly name: string;
  readonly provider: AnyProvider;
  readonly socket?: true;
  readonly options: (port: number, scheme?: 'http' | 'https', host?: string) => Readonly<Record<string, unknown>>;
  readonly timeframe: Timeframe;
  readonly step: number;
  readonly instrument: BarRequest['instrument'];
  readonly volume: boolean;
  /** What the request asks for, so that a server may be polite about it. */
  readonly page: (path: string, message?: Readonly<Record<string, unknown>>) => Page;
  readonly wire: (rows: readonly WireRow[]) => string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const START = Date.UTC(2024, 4, 1);
const ROWS = 20;

const crypto = (symbol: string, native = symbol) => ({ symbol, native, assetClass: 'crypto' as const });
const url = (path: string) => new URL(path, 'http://h');
const root = (port: number, scheme = 'http', host = '127.0.0.1') => `${scheme}://${host}:${port}`;
const numberIn = (path: string, name: string): number | undefined => {
  const text = url(path).searchParams.get(name);
  return text === null ? undefined : Number(text);
};
const page = (from: number | undefined, to: number | undefined): Page => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});
const date = (time: number): string =>
  Number.isFinite(time) && Math.abs(time) < 8e15 ? new Date(time).toISOString().slice(0, 10) : String(time);
const cell = (value: unknown): string => (value instanceof Raw ? value.token : value === null ? 'null' : String(value));
const text = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

const TINY: Subject = {
  name: 'tiny',
  provider: tinyProvider(),
  options: (port, scheme, host) => ({ url: root(port, scheme, host), key: CANARY }),
  timeframe: '1h',
  step: HOUR,
  instrument: crypto('BTCUSDT'),
  volume: true,
  page: () => ({}),
  wire: (rows) => writeJson(rows.map(({ step: _, ...row }) => row)),
};

export const SUBJECTS: readonly Subject[] = [
  TINY,
  {
    ...TINY,
    name: 'binance',
    provider: binance,
    options: (port, scheme, host) => {
      const at = root(port, scheme, host);
      return { restUrl: at, futuresUrl: at, coinFuturesUrl: at, archiveUrl: at, archiveListUrl: at };
    },
    page: (path) => page(numberIn(path, 'startTime'), numberIn(path, 'endTime')),
    wire: (rows) =>
      writeJson(
        rows.map(({ time, open, high, low, close, volume, step }) => {
          const scale = time > 1e14 ? 1000 : 1;
          const end = time + step * scale - 1;
          return [
            time,
            text(open),
            text(high),
            text(low),
            text(close),
            text(volume),
            end,
            '500.0',
            7,
            '2.0',
            '200.0',
            '0',
          ];
        }),
      ),
  },
  {
    name: 'deriv',
    provider: deriv,
    socket: true,
    options: (port, scheme, host) => ({
      url: root(port, scheme === 'https' ? 'wss' : 'ws', host),
      token: CANARY,
    }),
    timeframe: '1h',
    step: HOUR,
    instrument: { symbol: 'R_100', native: 'R_100', assetClass: 'synthetic' },
    volume: false,
    page: (_, { start, end } = {}) => page(Number(start) * 1000, Number(end) * 1000),
    wire: (rows) =>
      writeJson({
        msg_type: 'candles',
        candles: rows.map(({ time, open, high, low, close }) => ({ epoch: time / 1000, open, high, low, close })),
      }),
  },
  {
    name: 'yahoo',
    provider: yahoo,
    options: (port, scheme, host) => ({ url: root(port, scheme, host) }),
    timeframe: '1h',
    step: HOUR,
    instrument: crypto('BTC-USD'),
    volume: true,
    page: (path) => page((numberIn(path, 'period1') ?? 0) * 1000, (numberIn(path, 'period2') ?? 0) * 1000),
    wire: (rows) => {
      const column = (name: keyof WireRow) => rows.map((row) => row[name]);
      const meta = {
        symbol: 'BTC-USD',
        currency: 'USD',
        exchangeTimezoneName: 'UTC',
        dataGranularity: rows[0]?.step === HOUR / 2 ? '30m' : rows[0]?.step === 2 * HOUR ? '2h' : '1h',
      };
      const quote = ['open', 'high', 'low', 'close', 'volume'].map((name) => [name, column(name as keyof WireRow)]);
      const timestamp = rows.map(({ time }) => time / 1000);
      const result = { meta, timestamp, indicators: { quote: [Object.fromEntries(quote)] } };
      return writeJson({ chart: { result: [result], error: null } });
    },
  },
  {
    name: 'alpha-vantage CSV',
    provider: alphaVantage,
    options: (port, scheme, host) => ({ url: root(port, scheme, host), apiKey: CANARY, plan: 'premium1200' }),
    timeframe: '1d',
    step: DAY,
    instrument: { symbol: 'IBM', native: 'IBM', assetClass: 'equity' },
    volume: true,
    page: () => ({}),
    wire: (rows) =>
      `timestamp,open,high,low,close,volume\r\n${rows
        .toReversed()
        .map(({ time, open, high, low, close, volume }) =>
          [date(time), ...[open, high, low, close, volume].map(cell)].join(','),
        )
        .map((line) => `${line}\r\n`)
        .join('')}`,
  },
  {
    name: 'alpha-vantage JSON',
    provider: alphaVantage,
    options: (port, scheme, host) => ({ url: root(port, scheme, host), apiKey: CANARY, plan: 'premium1200' }),
    timeframe: '1d',
    step: DAY,
    instrument: crypto('BTC-USD', 'BTC/USD'),
    volume: true,
    page: () => ({}),
    wire: (rows) => {
      const series = rows.toReversed().map(({ time, open, high, low, close, volume }) => {
        const cells = {
          '1. open': text(open),
          '2. high': text(high),
          '3. low': text(low),
          '4. close': text(close),
          '5. volume': text(volume),
        };
        return `${JSON.stringify(date(time))}:${writeJson(cells)}`;
      });
      return `{"Meta Data":{"2. Digital Currency Code":"BTC"},"Time Series (Digital Currency Daily)":{${series.join(',')}}}`;
    },
  },
  {
    name: 'coingecko',
    provider: coingecko,
    options: (port, scheme, host) => ({
      url: root(port, scheme, host),
      plan: 'pro',
      apiKey: HEADER_CANARY,
      coins: { BTC: 'bitcoin' },
    }),
    timeframe: '1h',
    step: HOUR,
    instrument: crypto('BTCUSDT', 'btc/usd'),
    volume: false,
    page: (path) => page((numberIn(path, 'from') ?? 0) * 1000 - HOUR, (numberIn(path, 'to') ?? 0) * 1000 - HOUR),
    wire: (rows) =>
      writeJson(rows.map(({ time, open, high, low, close, step }) => [time + step, open, high, low, close])),
  },
];

export const requestOf = ({ instrument, timeframe, step }: Subject): BarRequest => ({
  instrument,
  timeframe,
  start: START,
  end: START + ROWS * step,
});

/** The true bars of the request: what is admitted must be among them, cell by cell. */
export function truthOf(
  { step }: Subject,
  count = ROWS,
): readonly (WireRow & Readonly<Record<'open' | 'high' | 'low' | 'close' | 'volume', number>>)[] {
  return Array.from({ length: count }, (_, i) => ({
    time: START + i * step,
    open: 100 + i,
    high: 102.5 + i,
    low: 99.25 + i,
    close: 101 + i,
    volume: 5 + i,
    step,
  }));
}
