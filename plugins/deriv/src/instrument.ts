import type { AssetClass, Instrument, ParsedSymbol } from 'almanac/provider';

/** Their own names, which are case-sensitive; `EURUSD=X` and its like are other providers'. */
const FORMS: readonly (readonly [RegExp, AssetClass])[] = [
  [
    /^(R_\d{1,4}|1HZ\d{1,4}V|(BOOM|CRASH)\d{2,5}[A-Z]?|JD\d{1,4}|RDBULL|RDBEAR|STPRNG\d{0,2}|stpRNG\d{0,2})$/,
    'synthetic',
  ],
  [/^frx[A-Z]{6}$/, 'fx'],
  // Baskets of currencies, closed at the weekend as those are.
  [/^WLD[A-Z]{3}$/, 'fx'],
  [/^cry[A-Z]{5,12}$/, 'crypto'],
  [/^OTC_[A-Z0-9]{2,12}$/, 'index'],
];

export function recognise({
  symbol,
  ticker,
  market,
}: Pick<ParsedSymbol, 'symbol' | 'ticker' | 'market'>): Instrument | undefined {
  if (market !== undefined) return undefined;
  const form = FORMS.find(([pattern]) => pattern.test(ticker));
  return form === undefined ? undefined : { symbol, native: ticker, assetClass: form[1] };
}
