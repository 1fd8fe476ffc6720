/** What follows the dot of a share's symbol, in Yahoo's spelling and in Alpha Vantage's, and where that is. */
const SUFFIXES: Readonly<Record<string, string>> = {
  L: 'XLON',
  LON: 'XLON',
  DE: 'XETR',
  DEX: 'XETR',
  F: 'XFRA',
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
  '^N225': 'XTKS',
  '^HSI': 'XHKG',
  '^GSPTSE': 'XTSE',
  '^AXJO': 'XASX',
};

/** The calendar that a ticker names by its exchange's suffix, or an index's; undefined where it names none that is known. */
export function calendarOfListing(ticker: string): string | undefined {
  if (Object.hasOwn(INDICES, ticker)) return INDICES[ticker];
  const suffix = /\.([A-Z]{1,3})$/.exec(ticker)?.[1];
  return suffix !== undefined && Object.hasOwn(SUFFIXES, suffix) ? SUFFIXES[suffix] : undefined;
}
