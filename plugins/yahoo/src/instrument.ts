import type { AssetClass, Instrument, ParsedSymbol } from 'almanac/provider';

const CRYPTO = /^[A-Z0-9]{1,15}-(USD|EUR|GBP|JPY|CAD|AUD|INR|KRW|BTC|ETH)$/;
const FX = /^([A-Z]{6}|[A-Z]{3})=X$/;
const FUTURE = /^[A-Z0-9]{1,12}=F$/;
const INDEX = /^\^[A-Z0-9][A-Z0-9.-]{0,19}$/;
/** A share of the United States, perhaps of a class: `AAPL`, `BRK-B`, `BAC-PL`. Funds have five letters, or `0P…`. */
const AMERICAN = /^([A-Z]{1,5}(-[A-Z]{1,4})?|0P[0-9A-Z]{8})$/;
/** Everything else names its exchange after a dot: `VOD.L`, `7203.T`, `NOVO-B.CO`, `M&M.NS`. */
const ELSEWHERE = /^[A-Z0-9][A-Z0-9&-]{0,14}\.[A-Z]{1,3}$/;
/** Others write the class after a dot, where Yahoo has an exchange; there is none called A or B. */
const DOTTED_CLASS = /^([A-Z]{1,5})\.([AB])$/;

/** By form alone, in Yahoo's own spelling; `BTCUSDT`, `R_100` and `frxEURUSD` are not its own. */
export function recognise({ symbol, ticker, market, assetClass }: ParsedSymbol): Instrument | undefined {
  if (market !== undefined) return undefined;
  const mine = classOf(ticker);
  // Where the host knows better than the form (equity is only what is left), it isn't ours.
  if (mine === undefined || (assetClass !== mine && assetClass !== 'equity')) return undefined;
  return { symbol, native: ticker.replace(DOTTED_CLASS, '$1-$2'), assetClass: mine };
}

function classOf(ticker: string): AssetClass | undefined {
  if (CRYPTO.test(ticker)) return 'crypto';
  if (FX.test(ticker)) return 'fx';
  if (FUTURE.test(ticker)) return 'future';
  if (INDEX.test(ticker)) return 'index';
  return AMERICAN.test(ticker) || ELSEWHERE.test(ticker) ? 'equity' : undefined;
}
