import { AlmanacError } from '../../market/almanac-error.js';
import type { Ask } from './ask.js';
import type { Unserved } from './make-asks.js';
import { readNotes } from './notes.js';
import { planSeries, type SeriesPlan } from './plan-series.js';
import type { PopulateOptions, PopulateTools } from './populate.js';

export interface PopulatePlan {
  readonly plans: readonly SeriesPlan[];
  /** Series whose files are not for this program to write to. */
  readonly unserved: readonly Unserved[];
}

/** What would be done: every series with what it lacks and the tasks that close it. */
export async function planPopulate(
  asks: readonly Ask[],
  options: Pick<PopulateOptions, 'archive' | 'force'>,
  tools: Pick<PopulateTools, 'store' | 'notes' | 'noteName' | 'now'>,
): Promise<PopulatePlan> {
  const rules = { now: tools.now(), archive: options.archive, force: options.force };
  const unserved: Unserved[] = [];
  const plans = await Promise.all(
    asks.map(async (ask) => {
      const { symbol, timeframe } = ask;
      const notes = await readNotes(tools.notes, tools.noteName(symbol, timeframe));
      try {
        return [await planSeries(ask, tools.store.series(symbol, timeframe), notes, rules)];
      } catch (error) {
        if (!(error instanceof AlmanacError) || !OWN_FAULTS.has(error.code)) throw error;
        unserved.push({ symbol, timeframe, provider: ask.choice.provider, ...ask.range, error });
        return [];
      }
    }),
  );
  return { plans: plans.flat(), unserved };
}

/** What is wrong with one series, and no reason to leave the others. */
const OWN_FAULTS: ReadonlySet<string> = new Set(['STORE_NEWER', 'STORE_DAMAGED']);
