/** What follows the dot of a share's symbol, in Yahoo's spelling and in Alpha Vantage's, and where that is. */
const SUFFIXES: Readonly<Record<string, string>> = {
  L: 'XLON',
  LON: 'XLON',
  DE: 'XETR',
  DEX: 'XETR',
  F: 'XFRA',
  PA: 'XPAR',
  AS: 'XAMS',
  BR: 'XBRU',
  LS: 'XLIS',
  T: 'XTKS',
  HK: 'XHKG',
  TO: 'XTSE',
  TRT: 'XTSE',
  AX: 'XASX',
};

const INDICES: Readonly<Record<string, string>> = {
  '^IXIC': 'XNAS',
  '^NDX': 'XNAS',
  '^FTSE': 'XLON',
  '^GDAXI': 'XETR',
  '^FCHI': 'XPAR',
  '^AEX': 'XAMS',
  '^BFX': 'XBRU',
  '^N225': 'XTKS',
  '^HSI': 'XHKG',
  '^GSPTSE': 'XTSE',
  '^AXJO': 'XASX',
};

/** A share of an exchange, or a contract, whose hours nobody here knows. One letter is a class of shares: `BRK.B`. */
export function isUnknownListing(ticker: string): boolean {
  return calendarOfListing(ticker) === undefined && (/\.[A-Z]{2,4}$/.test(ticker) || ticker.endsWith('=F'));
}

/** The calendar that a ticker names by its exchange's suffix, or an index's; undefined where it names none that is known. */
export function calendarOfListing(ticker: string): string | undefined {
  if (Object.hasOwn(INDICES, ticker)) return INDICES[ticker];
  const suffix = /\.([A-Z]{1,3})$/.exec(ticker)?.[1];
  return suffix !== undefined && Object.hasOwn(SUFFIXES, suffix) ? SUFFIXES[suffix] : undefined;
}
