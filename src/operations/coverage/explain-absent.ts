import type { Expectation } from '../../market/expected.js';
import type { Range } from '../../market/range.js';
import { type Absent, cutAbsent } from './absent.js';

/** A range and what is known of it. */
export interface Reason extends Range {
  readonly reason: string;
}

export interface Judged<R extends Reason> extends Absent {
  /** Undefined: nobody knows why they are absent. */
  readonly why: R | undefined;
}

/** Splits runs where a reason begins or ends. Of two that overlap the one that is earlier in the list holds. */
export function explainAbsent<R extends Reason>(
  runs: readonly Absent[],
  reasons: readonly R[],
  expectation: Expectation,
): Judged<R>[] {
  const coming = reasons.map((reason, rank) => ({ reason, rank })).sort((a, b) => a.reason.start - b.reason.start);
  let next = 0;
  let open: typeof coming = [];
  return runs.flatMap((run) => {
    // Runs ascend: what ended before this one is of no use to the next either.
    while (next < coming.length && (coming[next] as (typeof coming)[number]).reason.start <= run.last)
      open.push(coming[next++] as (typeof coming)[number]);
    open = open.filter(({ reason }) => reason.end > run.start);
    const near = open.sort((a, b) => a.rank - b.rank).map(({ reason }) => reason);
    if (near.length === 0) return [{ ...run, why: undefined }];
    const borders = near.flatMap(({ start, end }) => [start, end]).filter((at) => at > run.start && at <= run.last);
    const cuts = [run.start, ...new Set(borders.sort((a, b) => a - b)), run.last + 1];
    const judged: Judged<R>[] = [];
    for (const [i, start] of cuts.slice(0, -1).entries()) {
      const piece = cutAbsent(run, { start, end: cuts[i + 1] as number }, expectation);
      if (piece === undefined) continue;
      const why = near.find((each) => each.start <= piece.start && each.end > piece.last);
      const before = judged.at(-1);
      if (before !== undefined && before.why?.reason === why?.reason)
        judged[judged.length - 1] = { ...before, last: piece.last, bars: before.bars + piece.bars };
      else judged.push({ ...piece, why });
    }
    return judged;
  });
}
