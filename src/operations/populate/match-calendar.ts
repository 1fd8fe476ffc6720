import { matchGlob } from '../../sources/route/match-glob.js';

/** The first rule that fits a symbol names its calendar. */
export function matchCalendar(
  rules: readonly { readonly match: string; readonly calendar: string }[],
  symbol: string,
): string | undefined {
  return rules.find(({ match }) => matchGlob(match, symbol))?.calendar;
}
