import type { Refused } from '../reader.js';

export interface VisionName {
  /** Ours: `BTCUSDT`, `BTCUSDT@um`, `BTCUSD_PERP@cm`. */
  readonly ticker: string;
  readonly interval: string;
  /** By the folders or the ticker's form; undefined where neither tells. */
  readonly market: 'spot' | 'um' | 'cm' | undefined;
}

const NAME = /^([A-Z0-9]+(?:_(?:PERP|\d{6}))?)-([A-Za-z0-9]+)-\d{4}-\d{2}(?:-\d{2})?\.(?:zip|csv)$/;
const INTERVAL = /^\d{1,2}(s|m|h|d|w|mo|M)$/;
/** Named like klines, or by what they hold. */
const OTHERS: Readonly<Record<string, string>> = {
  aggTrades: 'trades (`cache populate --interval ticks` fetches those)',
  trades: 'trades (`cache populate --interval ticks` fetches those)',
  bookDepth: 'an order book',
  bookTicker: 'quotes',
  fundingRate: 'funding rates',
  metrics: 'open interest',
  liquidationSnapshot: 'liquidations',
  markPriceKlines: 'mark prices, at which nobody traded',
  indexPriceKlines: 'index prices, at which nobody traded',
  premiumIndexKlines: 'a premium index',
};

/** `BTCUSDT-1m-2024-01.zip` as Binance's archive names it, wherever people put it. */
export function parseVisionName(segments: readonly string[]): VisionName | Refused | undefined {
  const match = NAME.exec(segments.at(-1) ?? '');
  if (match === null) return undefined;
  const [, ticker = '', interval = ''] = match;
  const folders = segments.slice(0, -1);
  const other = [interval, ...folders.filter((each) => each.endsWith('Klines'))].find((each) =>
    Object.hasOwn(OTHERS, each),
  );
  if (other !== undefined) return { code: 'NOT_BARS', reason: `it holds ${OTHERS[other]}, not bars` };
  if (!INTERVAL.test(interval)) return undefined;
  return { ticker, interval, market: findMarket(folders, ticker) };
}

function findMarket(folders: readonly string[], ticker: string): VisionName['market'] {
  if (/USD_(PERP|\d{6})$/.test(ticker)) return 'cm';
  if (/_\d{6}$/.test(ticker)) return 'um';
  for (const folder of [...folders].reverse()) {
    if (/^(futures[-_])?um$/.test(folder)) return 'um';
    if (/^(futures[-_])?cm$/.test(folder)) return 'cm';
    if (folder === 'spot') return 'spot';
  }
  return undefined;
}
