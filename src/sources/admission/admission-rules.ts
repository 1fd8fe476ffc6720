import type { Range } from '../../market/range.js';
import type { Timeframe } from '../../market/timeframe.js';

export interface AdmissionRules {
  readonly timeframe: Timeframe;
  /** Bars that open outside are not taken. */
  readonly range: Range;
  /** What has not closed by then does not exist. */
  readonly now: number;
  /** The market has sessions, and a bar may count from its open rather than from the clock. */
  readonly sessions: boolean;
  /** Rows of one time pass in the order they came: who asks settles which of them stands. Else the first does. */
  readonly repeats?: 'kept';
}
