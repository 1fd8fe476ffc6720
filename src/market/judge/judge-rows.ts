import { isOrdered, judgeCell, opensHere, type Reason } from '../bar-rules.js';
import type { Bars } from '../bars.js';
import type { Expectation } from '../expected.js';
import type { Timeframe } from '../timeframe.js';
import type { Judge } from './judge.js';
import { SessionRows } from './session-rows.js';

/** `outside-session`: the calendar has no trading in it. A warning, since extended hours are no fault. */
export type RowReason = Reason | 'outside-session';

export interface BadRow {
  readonly time: number;
  readonly reason: RowReason;
}

export interface JudgedRows {
  readonly rows: number;
  /** Rows that cannot be bars, by any reason but `outside-session`; a row counts once, for the first that holds. */
  readonly invalid: number;
  /** Of the invalid ones, those whose time stamp does not come after the one before. */
  readonly duplicates: number;
  readonly outside: number;
  readonly byReason: Readonly<Partial<Record<RowReason, number>>>;
  /** The first row of each reason. */
  readonly examples: readonly BadRow[];
}

/**
 * Rows held against what makes a bar. Without an expectation its grid is the clock's, and sessions are not judged;
 * nor are they where the calendar is not vouched for.
 */
export function judgeRows(timeframe: Timeframe, expectation?: Expectation): Judge<JudgedRows> {
  const byReason: Partial<Record<RowReason, number>> = {};
  const examples: BadRow[] = [];
  const sessions = expectation?.calendar.sessions === undefined ? undefined : new SessionRows(expectation);
  const hasSessions = sessions !== undefined;
  let rows = 0;
  let previous = Number.NEGATIVE_INFINITY;

  const note = (time: number, reason: RowReason): void => {
    const count = (byReason[reason] ?? 0) + 1;
    byReason[reason] = count;
    if (count === 1) examples.push({ time, reason });
  };

  const judgeTime = (time: number): RowReason | undefined => {
    if (!Number.isFinite(time)) return 'no-time';
    if (time <= previous) return 'duplicate';
    previous = time;
    if (timeframe !== 'ticks' && !opensHere(timeframe, time, hasSessions)) return 'off-grid';
    return undefined;
  };

  return {
    add: (bars) => {
      rows += bars.time.length;
      const judgeValues = readValues(bars);
      for (let i = 0; i < bars.time.length; i++) {
        const time = bars.time[i] as number;
        const reason = judgeTime(time) ?? judgeValues(i) ?? sessions?.judge(time);
        if (reason !== undefined) note(time, reason);
      }
    },
    finish: () => {
      const outside = byReason['outside-session'] ?? 0;
      const bad = Object.values(byReason).reduce((sum, count) => sum + count, 0);
      return { rows, invalid: bad - outside, duplicates: byReason.duplicate ?? 0, outside, byReason, examples };
    },
  };
}

/** Looks at a row's cells; columns are found once a block. */
function readValues(bars: Bars): (row: number) => Reason | undefined {
  const names = bars.columns;
  const [open, high, low, close] = ['open', 'high', 'low', 'close'].map((name) => bars.values[names.indexOf(name)]);
  const isWhole = open !== undefined && high !== undefined && low !== undefined && close !== undefined;
  return (row) => {
    for (let c = 0; c < names.length; c++) {
      const reason = judgeCell(names[c] as string, (bars.values[c] as Float64Array)[row] as number);
      if (reason !== undefined) return reason;
    }
    if (!isWhole) return undefined;
    const ordered = isOrdered(open[row] as number, high[row] as number, low[row] as number, close[row] as number);
    return ordered ? undefined : 'high-low';
  };
}
