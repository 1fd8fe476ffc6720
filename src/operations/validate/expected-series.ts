import type { Expectation } from '../../market/expected.js';
import type { Range } from '../../market/range.js';
import type { Timeframe } from '../../market/timeframe.js';
import type { PreparedProvider } from '../../sources/registry/prepare-provider.js';
import type { NoteBook } from '../populate/notes.js';

/** A range in which a bar that is absent is accounted for, and by what. */
export interface Known extends Range {
  readonly reason: string;
}

/** What a series should hold, and by whose rules. */
export interface ExpectedSeries {
  readonly expectation: Expectation;
  /** Who most of its rows came from; `unknown` where nobody says. */
  readonly provider: string;
  readonly calendarId: string;
  readonly assetClass: string;
  /** Beside what its sidecars explain: before its listing, and outages of its exchange. */
  readonly known: readonly Known[];
}

export interface OutageQuestion {
  readonly symbol: string;
  readonly assetClass: string;
  readonly provider: string;
  readonly calendar: string;
}

export interface ExpectTools {
  readonly providers: readonly PreparedProvider[];
  /** The person's own word on a symbol's calendar. */
  readonly calendarOf: (symbol: string) => string | undefined;
  readonly outages: (question: OutageQuestion) => readonly Known[];
  /** Undefined where nothing was ever noted: looking must not create it. */
  readonly notes?: NoteBook | undefined;
  readonly noteName: (symbol: string, timeframe: Timeframe) => string;
  /** The data clock. */
  readonly now: () => number;
}
