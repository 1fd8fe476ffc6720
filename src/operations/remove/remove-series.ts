import { openReports } from '../../store/reports/open-reports.js';
import { openSharedState } from '../../store/shared-state.js';
import { removeSeries } from '../../store/upkeep/remove-series.js';
import { forgetNotes, forgetValidation } from './forget-series.js';
import type { Leaving, Left } from './leaving.js';
import { moveEach } from './move-each.js';

export interface RemoveTools {
  readonly cache: string;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** Moves whole series into quarantine, and what the cache says of them besides is forgotten. */
export async function removeEach(
  all: readonly Leaving[],
  { cache, now, signal }: RemoveTools,
): Promise<readonly Left[]> {
  const reports = openReports(cache);
  const notes = openSharedState(cache, { area: 'notes' });
  return moveEach(all, {
    signal,
    move: async (leaving) => {
      const id = await removeSeries(cache, leaving, { now, signal });
      return { ids: id === undefined ? [] : [id] };
    },
    forget: async (leaving) => {
      await forgetValidation(reports, leaving);
      await forgetNotes(notes, leaving);
    },
  });
}
