import { openReports } from '../../store/reports/open-reports.js';
import { removeBefore } from '../../store/upkeep/remove-before.js';
import { forgetValidation } from '../remove/forget-series.js';
import type { Leaving, Left } from '../remove/leaving.js';
import { moveEach } from '../remove/move-each.js';
import type { RemoveTools } from '../remove/remove-series.js';
import { type SeriesCut, sizeOf } from './plan-prune.js';

/** The beginning of a series, up to a border of its blocks. */
export interface Pruning extends Leaving {
  readonly to: number;
  /** What stays of it; undefined where a sidecar does not say. */
  readonly keeps: number | undefined;
}

export function toPruning({ series, before, pieces }: SeriesCut): Pruning {
  const { symbol, timeframe, first } = series;
  return {
    symbol,
    timeframe,
    from: first,
    to: before,
    rows: sumRows(pieces),
    bytes: sizeOf(pieces),
    keeps: sumRows(series.pieces.slice(pieces.length)),
    warnings: [],
  };
}

/** Takes the beginnings of series away, each under its own lock. The notes stay: they are about what providers have. */
export async function pruneEach(
  all: readonly Pruning[],
  { cache, now, signal }: RemoveTools,
): Promise<readonly Left<Pruning>[]> {
  const reports = openReports(cache);
  return moveEach(all, {
    signal,
    move: (pruning) => removeBefore(cache, pruning, pruning.to, { now, signal }),
    forget: (pruning) => forgetValidation(reports, pruning),
  });
}

function sumRows(pieces: SeriesCut['pieces']): number | undefined {
  return pieces.reduce<number | undefined>(
    (sum, { rows }) => (sum === undefined || rows === undefined ? undefined : sum + rows),
    0,
  );
}
