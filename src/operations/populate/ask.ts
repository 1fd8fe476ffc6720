import type { Expectation } from '../../market/expected.js';
import type { Range } from '../../market/range.js';
import type { Timeframe } from '../../market/timeframe.js';
import type { Choice } from '../../sources/route.js';

/** One series as wanted, with everything that decides how it is fetched. */
export interface Ask {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** What its provider can be asked for. */
  readonly range: Range;
  /** All that is wanted: it may begin before the listing, and before the provider's reach. */
  readonly asked: Range;
  /** The first bar there is, where that is known. */
  readonly listed?: number;
  /** Since when its provider has it, where more is wanted. */
  readonly reach?: number;
  readonly choice: Choice;
  readonly expectation: Expectation;
  /** Nobody knows when its market trades: another's calendar stands in. */
  readonly isGuessed?: boolean;
  /** When its exchange stood still: what is absent then is explained. */
  readonly standstills: readonly Range[];
  /** Nobody said since when, and nobody knows when it begins: the first bar that comes tells. */
  readonly openStart: boolean;
  /** Somebody else could be asked for what this provider lacks. */
  readonly hasAlternates: boolean;
  /** The market has sessions, and its bars may count from their open. */
  readonly sessions: boolean;
}

/** A piece of work that needs nothing of the others: any worker, here or elsewhere, may do it. */
export interface Task extends Range {
  readonly ask: Ask;
  readonly via: 'archive-month' | 'archive-day' | 'live';
  /** What is missing of it: a bulk file brings its whole period, and where there is none, nothing more is asked for. */
  readonly wanted: Range;
  readonly bars: number;
  readonly requests: number;
  readonly weight: number;
  readonly bytes?: number;
  /** Bars that are there, and whose new ones win: of all of it (`only`), or with bars that are missing (`too`). */
  readonly again?: 'only' | 'too';
}

export const seriesKey = ({ symbol, timeframe }: { readonly symbol: string; readonly timeframe: string }): string =>
  `${symbol} ${timeframe}`;
