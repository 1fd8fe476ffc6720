import type { Instrument, ParsedSymbol } from 'almanac/provider';

/** `BTCUSD` here is `BTC-USD` there. By its form alone: whether it exists is found out by asking. */
export function recognise({ symbol, ticker, market, assetClass }: ParsedSymbol): Instrument | undefined {
  const [, base, quote] = /^([A-Z0-9]{2,10}?)(USDT|USD|EUR)$/.exec(ticker) ?? [];
  if (assetClass !== 'crypto' || market !== undefined || base === undefined) return undefined;
  return { symbol, native: `${base}-${quote}`, assetClass };
}
