import { REASONS } from '../../market/bar-rules.js';
import type { Bars } from '../../market/bars.js';
import type { Expectation } from '../../market/expected.js';
import { formatInstant } from '../../market/instant.js';
import { findFrozenTail } from '../../market/judge/frozen-tail.js';
import type { Judge, Suspicion } from '../../market/judge/judge.js';
import { type BadRow, type JudgedRows, judgeRows, type RowReason } from '../../market/judge/judge-rows.js';
import { findOutliers } from '../../market/judge/outliers.js';
import { findScaleBreaks } from '../../market/judge/scale-breaks.js';
import { yearOf } from '../../market/range.js';
import { closeOf, type Timeframe } from '../../market/timeframe.js';
import type { RowFaults } from './tally-years.js';
import type { Warning } from './validation.js';

export interface AllRows {
  readonly faults: ReadonlyMap<number, RowFaults>;
  readonly warnings: readonly Warning[];
  /** Stretches that no rule forbids and nobody would expect. */
  readonly oddities: number;
}

/** Every judge of rows, fed a block at a time and oldest first. */
export function judgeAllRows(timeframe: Timeframe, expectation: Expectation): Judge<AllRows> {
  const years = new Map<number, Judge<JudgedRows>>();
  const outliers = findOutliers();
  const breaks = findScaleBreaks();
  const frozen = findFrozenTail();
  const priced = timeframe !== 'ticks';
  return {
    add(bars: Bars) {
      if (bars.time.length === 0) return;
      const year = yearOf(bars.time[0] as number);
      const judge = years.get(year) ?? judgeRows(timeframe, expectation);
      years.set(year, judge);
      judge.add(bars);
      if (priced) for (const each of [outliers, breaks, frozen]) each.add(bars);
    },
    finish() {
      const judged = [...years].map(([year, judge]) => [year, judge.finish()] as const);
      const tail = priced ? frozen.finish() : undefined;
      const found = priced ? [outliers.finish(), breaks.finish()] : [];
      const suspicions = [...found.flatMap(({ first }) => first), ...(tail === undefined ? [] : [tail])];
      return {
        faults: new Map(judged),
        warnings: [
          ...describeRows(
            judged.map(([, rows]) => rows),
            timeframe,
          ),
          ...suspicions.map((each) => toWarning(each, timeframe)),
        ],
        oddities: found.reduce((sum, { count }) => sum + count, 0) + (tail === undefined ? 0 : 1),
      };
    },
  };
}

/** One warning a reason, with the first such row. */
function describeRows(years: readonly JudgedRows[], timeframe: Timeframe): Warning[] {
  const firsts = new Map<RowReason, BadRow>();
  for (const each of years.flatMap(({ examples }) => examples))
    if (!firsts.has(each.reason)) firsts.set(each.reason, each);
  return [...firsts.values()].map(({ time, reason }) => {
    const words = reason === 'outside-session' ? 'the market is closed then' : REASONS[reason];
    const count = years.reduce((sum, { byReason }) => sum + (byReason[reason] ?? 0), 0);
    return {
      kind: reason,
      from: formatInstant(time),
      to: formatInstant(closeOf(timeframe, time)),
      detail: `${count} ${count === 1 ? 'row' : 'rows, this one first'}: ${words}`,
    };
  });
}

function toWarning({ kind, from, to, detail }: Suspicion, timeframe: Timeframe): Warning {
  return { kind, from: formatInstant(from), to: formatInstant(closeOf(timeframe, to)), detail };
}
