import type { Instrument } from 'almanac/provider';
import type { Options } from './options.js';

const DAY = 24 * 3_600_000;
/** Binance opened in July 2017: it has nothing older. */
export const OPENING = Date.UTC(2017, 6);

/** One of Binance's three books. They have hosts, weights and archives of their own, and one wire format. */
export interface BinanceMarket {
  readonly suffix: 'um' | 'cm' | undefined;
  readonly pool: 'spot' | 'um' | 'cm';
  readonly url: 'restUrl' | 'futuresUrl' | 'coinFuturesUrl';
  readonly api: string;
  /** Its folder in the archive. */
  readonly folder: string;
  /** Names a ticker can have there. A dash or a slash is never Binance's spelling. */
  readonly ticker: RegExp;
  readonly weightPerMinute: number;
  /** What a page of at most so many bars costs. */
  readonly pages: readonly PageSize[];
  /** It has nothing older: nothing before is asked for. */
  readonly since: number;
  /**
   * The longest time between the bounds of a page. A market that has one gives the newest bars between them where
   * others give the oldest: of more bars than a page holds the first would be lost without a word.
   */
  readonly pageSpan?: number;
  readonly exchangeInfoWeight: number;
}

export interface PageSize {
  readonly limit: number;
  readonly weight: number;
}

/** Futures weigh a page by its size; 499 bars for 2 is the best there is, and a short rest costs 1. */
const FUTURES_PAGES: readonly PageSize[] = [
  { limit: 99, weight: 1 },
  { limit: 499, weight: 2 },
];

export const MARKETS: readonly BinanceMarket[] = [
  {
    suffix: undefined,
    pool: 'spot',
    url: 'restUrl',
    api: '/api/v3',
    folder: 'spot',
    ticker: /^[A-Z0-9][A-Z0-9.]{0,19}$/,
    weightPerMinute: 6000,
    pages: [{ limit: 1000, weight: 2 }],
    since: OPENING,
    exchangeInfoWeight: 20,
  },
  {
    suffix: 'um',
    pool: 'um',
    url: 'futuresUrl',
    api: '/fapi/v1',
    folder: 'futures/um',
    ticker: /^[A-Z0-9][A-Z0-9_.]{0,19}$/,
    weightPerMinute: 2400,
    pages: FUTURES_PAGES,
    since: OPENING,
    exchangeInfoWeight: 1,
  },
  {
    suffix: 'cm',
    pool: 'cm',
    url: 'coinFuturesUrl',
    api: '/dapi/v1',
    folder: 'futures/cm',
    ticker: /^[A-Z0-9][A-Z0-9_.]{0,19}$/,
    weightPerMinute: 2400,
    pages: FUTURES_PAGES,
    since: Date.UTC(2020, 5),
    pageSpan: 200 * DAY,
    exchangeInfoWeight: 1,
  },
];

export function findMarket(suffix: string | undefined): BinanceMarket | undefined {
  return MARKETS.find((market) => market.suffix === suffix);
}

/** Of an instrument that this provider made itself, so there is always one. */
export function marketOf(instrument: Instrument): BinanceMarket {
  const market = findMarket(instrument.market);
  if (market === undefined) throw new RangeError(`Binance has no market ${instrument.market}`);
  return market;
}

/** The cheapest page that holds so many bars, else the largest. */
export function choosePage({ pages }: BinanceMarket, bars: number): PageSize {
  return pages.find(({ limit }) => limit >= bars) ?? (pages.at(-1) as PageSize);
}

/** The address of one of its endpoints, with the parameters in the query. */
export function endpointOf(
  market: BinanceMarket,
  options: Options,
  path: string,
  query: Readonly<Record<string, string | number>> = {},
): URL {
  const url = new URL(`${options[market.url]}${market.api}/${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  return url;
}
