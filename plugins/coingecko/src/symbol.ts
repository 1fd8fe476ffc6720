import type { Instrument, ParsedSymbol } from 'almanac/provider';

/** CoinGecko quotes against currencies and a few coins, not against dollar tokens: those are taken for the dollar. */
const CURRENCIES: Readonly<Record<string, string>> = {
  FDUSD: 'usd',
  USDT: 'usd',
  USDC: 'usd',
  BUSD: 'usd',
  TUSD: 'usd',
  DAI: 'usd',
  USD: 'usd',
  EUR: 'eur',
  GBP: 'gbp',
  JPY: 'jpy',
  BTC: 'btc',
  ETH: 'eth',
  BNB: 'bnb',
};
const QUOTE = Object.keys(CURRENCIES).join('|');
const APART = new RegExp(`^([A-Z0-9]{1,20})[-/](${QUOTE})$`);
/** Longer quotes come first: BTCTUSD is BTC in TUSD, as exchanges name it. */
const JOINED = new RegExp(`^([A-Z0-9]{1,20}?)(${QUOTE})$`);

export interface Pair {
  /** In lower case, as their list of coins has tickers. */
  readonly ticker: string;
  readonly currency: string;
}

/** `BTCUSDT`, `BTC-USD`, `BTC/EUR`: spot crypto. Futures and another provider's spellings are not ours. */
export function recognise({ symbol, ticker, market, assetClass }: ParsedSymbol): Instrument | undefined {
  if (assetClass !== 'crypto' || market !== undefined) return undefined;
  const found = APART.exec(ticker) ?? JOINED.exec(ticker);
  if (found === null) return undefined;
  const native = `${(found[1] as string).toLowerCase()}/${CURRENCIES[found[2] as string]}`;
  return { symbol, native, assetClass };
}

/** The coin's id is not known offline, so `btc/usd` is what stands for it until somebody asks. */
export function pairOf(instrument: Instrument): Pair {
  const [ticker = '', currency = ''] = instrument.native.split('/');
  return { ticker, currency };
}
