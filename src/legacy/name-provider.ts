/** What is known of whoever an old cache says its bars came from. */
export interface OldProvider {
  /** Ours where it is one of ours, else theirs. */
  readonly name: string;
  /** What its old writer meant by a stamp without a zone; `exchange` is the wall time where the symbol is listed. */
  readonly zone: string | 'exchange' | undefined;
  /** Made from samples. */
  readonly derived: boolean;
  /** Made up: never to be taken for a market's. */
  readonly synthetic: boolean;
  /** Its downloader changed from the exchange's wall time to UTC on this day. */
  readonly utcSince?: number;
}

const real = { derived: false, synthetic: false } as const;
const YAHOO: OldProvider = { ...real, name: 'yahoo', zone: 'exchange', utcSince: Date.UTC(2026, 6, 6) };
const ALPHA_VANTAGE: OldProvider = { ...real, name: 'alpha-vantage', zone: 'America/New_York' };

const PROVIDERS: Readonly<Record<string, OldProvider>> = {
  binance: { ...real, name: 'binance', zone: 'UTC' },
  yahoo: YAHOO,
  yfinance: YAHOO,
  alpha_vantage: ALPHA_VANTAGE,
  'alpha-vantage': ALPHA_VANTAGE,
  alphavantage: ALPHA_VANTAGE,
  coingecko: { ...real, name: 'coingecko', zone: 'UTC', derived: true },
  deriv: { ...real, name: 'deriv', zone: 'UTC' },
  alpaca: { ...real, name: 'alpaca', zone: 'UTC' },
  polygon: { ...real, name: 'polygon', zone: 'UTC' },
  finnhub: { ...real, name: 'finnhub', zone: 'UTC' },
  tiingo: { ...real, name: 'tiingo', zone: 'UTC' },
  fmp: { ...real, name: 'fmp', zone: 'exchange' },
  twelvedata: { ...real, name: 'twelvedata', zone: 'exchange' },
  mock: { ...real, name: 'mock', zone: undefined, synthetic: true },
};

const UNKNOWN: OldProvider = { ...real, name: 'unknown', zone: undefined };

/** By the name an old tool gave it; one nobody knows keeps its name and says nothing about zones. */
export function nameProvider(theirs: string | undefined): OldProvider {
  const key = theirs?.trim().toLowerCase() ?? '';
  if (key === '' || key === 'unknown') return UNKNOWN;
  return Object.hasOwn(PROVIDERS, key) ? (PROVIDERS[key] as OldProvider) : { ...UNKNOWN, name: key };
}

export function isKnownProvider(theirs: string): boolean {
  return Object.hasOwn(PROVIDERS, theirs.toLowerCase());
}
