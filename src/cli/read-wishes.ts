import { AlmanacError } from '../market/almanac-error.js';
import { type ParsedSymbol, parseSymbol } from '../market/symbol.js';
import type { Timeframe } from '../market/timeframe.js';
import { type DateFlags, readDateRange } from './date-range.js';
import { readInterval } from './read-interval.js';

interface WishFlags extends DateFlags {
  readonly symbols?: readonly string[] | undefined;
  readonly intervals?: readonly string[] | undefined;
}

interface Wish {
  readonly symbol: ParsedSymbol;
  readonly timeframe: Timeframe;
  readonly start?: number;
  readonly end?: number;
}

/** Every symbol in every interval that was typed, once each. */
export function readWishes(flags: WishFlags): Wish[] {
  const symbols = [...new Set(flags.symbols ?? [])].filter((symbol) => symbol !== '');
  const timeframes = [...new Set((flags.intervals ?? []).map(readInterval))];
  if (symbols.length === 0 || timeframes.length === 0) {
    const lacking = symbols.length === 0 ? '--symbols' : '--intervals';
    throw new AlmanacError('USAGE', `${lacking} must say what to fetch`, {
      suggestions: ['almanac cache populate --symbols BTCUSDT --intervals 1h,1d --start-date 2024-01-01'],
    });
  }
  const range = readDateRange(flags);
  return symbols.flatMap((symbol) =>
    timeframes.map((timeframe) => ({ symbol: parseSymbol(symbol), timeframe, ...range })),
  );
}
