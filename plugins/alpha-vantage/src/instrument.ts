import type { AssetClass, Instrument, ParsedSymbol } from 'almanac/provider';

/** Yahoo's name of an exchange, which our symbols follow, and Alpha Vantage's. */
const EXCHANGES: Readonly<Record<string, string>> = {
  L: 'LON',
  TO: 'TRT',
  V: 'TRV',
  DE: 'DEX',
  BO: 'BSE',
  SS: 'SHH',
  SZ: 'SHZ',
};
const AMERICAN = /^[A-Z]{1,5}([-.][AB]|-[A-Z]{1,2})?$/;
const ELSEWHERE = /^([A-Z0-9][A-Z0-9&-]{0,14})\.([A-Z]{1,3})$/;
const PAIR = /^([A-Z]{3})?([A-Z]{3})=X$/;
const COIN = /^([A-Z0-9]{1,15})[-/](USD|EUR|GBP|JPY|CAD|AUD|CHF|CNY|INR|KRW)$/;
/** Money in money is no coin, whatever it was offered as: `EURUSD=X` is how a pair is written. */
const JOINED_COIN = /^(?!USD|EUR|GBP|JPY|CHF|CAD|AUD|NZD|CNY|SEK|NOK|XAU|XAG)([A-Z]{3,4})(USD|EUR)$/;

/** By form alone. The native name of a pair is `EUR/USD`: Alpha Vantage asks for its halves. */
export function recognise({ symbol, ticker, market, assetClass }: ParsedSymbol): Instrument | undefined {
  if (market !== undefined) return undefined;
  const is = (mine: AssetClass, native: string): Instrument => ({ symbol, native, assetClass: mine });
  const pair = PAIR.exec(ticker);
  // `JPY=X` is dollars in yen.
  if (pair !== null) return assetClass === 'fx' ? is('fx', `${pair[1] ?? 'USD'}/${pair[2]}`) : undefined;
  const coin = COIN.exec(ticker) ?? (assetClass === 'crypto' ? JOINED_COIN.exec(ticker) : null);
  if (coin !== null) return is('crypto', `${coin[1]}/${coin[2]}`);
  if (assetClass !== 'equity') return undefined;
  if (AMERICAN.test(ticker)) return is('equity', ticker);
  const [, stem, exchange = ''] = ELSEWHERE.exec(ticker) ?? [];
  const theirs = Object.values(EXCHANGES).includes(exchange) ? exchange : EXCHANGES[exchange];
  return stem === undefined || theirs === undefined ? undefined : is('equity', `${stem}.${theirs}`);
}
