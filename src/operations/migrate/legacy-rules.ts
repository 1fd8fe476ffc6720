import { startOfMonth } from '../../market/range.js';
import { type AssetClass, parseSymbol } from '../../market/symbol.js';
import { DAY, type Timeframe } from '../../market/timeframe.js';
import type { AdmissionRules } from '../../sources/admission/admission-rules.js';

/** No coin traded before; a crypto bar of 1970 is a number read in the wrong unit. */
const FIRST_COIN = startOfMonth(2009, 0);
/** The store names years from here on. */
const FIRST_YEAR = startOfMonth(1800, 0);

/** What rows of an old file are held against: nobody asked for a range, so it is all times that can be. Which of two rows stands is settled after. */
export function rulesFor(symbol: string, timeframe: Timeframe, now: number): AdmissionRules {
  const { assetClass } = parseSymbol(symbol);
  const start = assetClass === 'crypto' || assetClass === 'synthetic' ? FIRST_COIN : FIRST_YEAR;
  return { timeframe, range: { start, end: now + DAY }, now, sessions: hasSessions(assetClass), repeats: 'kept' };
}

function hasSessions(assetClass: AssetClass): boolean {
  return assetClass !== 'crypto' && assetClass !== 'synthetic';
}
