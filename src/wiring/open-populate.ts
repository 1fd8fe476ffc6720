import { availableParallelism } from 'node:os';
import { outagesOf } from '../market/outages.js';
import { recordBadFile } from '../operations/checksums/record-bad-file.js';
import type { AskTools } from '../operations/populate/make-asks.js';
import { matchCalendar } from '../operations/populate/match-calendar.js';
import type { PopulateTools } from '../operations/populate/populate.js';
import { createMemoryState } from '../sources/host/limits/shared-state.js';
import { describePlan } from '../sources/route/find-plan.js';
import { openChecksumRegistry } from '../store/checksums/open-registry.js';
import { noteName } from '../store/layout.js';
import { openStore } from '../store/open-store.js';
import { openSharedState } from '../store/shared-state.js';
import { openLimits } from './open-limits.js';
import { openSources, type SourceParts, type Sources } from './open-sources.js';
import { readOutages } from './read-outages.js';

export interface PopulateParts extends SourceParts {
  readonly signal: AbortSignal;
  readonly provider?: string | undefined;
  /** A dry run: what is written down elsewhere is read, and nothing is created. */
  readonly looking: boolean;
  /** Bulk files may be taken. Default: they may. */
  readonly archive?: boolean;
}

/** Everything populate and update need, put together from the person's settings. */
export interface PopulateWiring {
  readonly sources: Sources;
  readonly asks: AskTools;
  readonly tools: Omit<PopulateTools, 'report'>;
  close(): Promise<void>;
}

export async function openPopulate(parts: PopulateParts): Promise<PopulateWiring> {
  const { loaded, now, signal, provider } = parts;
  const [existing, register] = await Promise.all([openLimits(loaded.cacheFolder), readOutages()]);
  const state = parts.looking ? existing : openSharedState(loaded.cacheFolder);
  const sources = await openSources(state === undefined ? parts : { ...parts, state });
  const notes =
    parts.looking && existing === undefined
      ? createMemoryState()
      : openSharedState(loaded.cacheFolder, { area: 'notes' });
  // A commit in hand is finished, whatever stops the rest; only the wait for another program's ends.
  const store = openStore(loaded.cacheFolder, { now, waiting: signal });
  const registry = openChecksumRegistry(loaded.cacheFolder, { now });
  const redact = parts.redactor?.redact ?? ((text: string): string => text);
  const onBadFile: PopulateTools['onBadFile'] = (bad) => recordBadFile(bad, { registry, now, redact });
  const { host, route } = sources;
  const { calendars } = loaded.settings;
  return {
    sources,
    asks: {
      ...{ route, host, provider, notes, noteName, now },
      archive: parts.archive ?? true,
      calendarOf: (symbol) => matchCalendar(calendars, symbol),
      standstills: (series) => outagesOf(register, series),
      describePlan: (id, wanted) => {
        const prepared = sources.providers.find((each) => each.provider.id === id);
        return describePlan(prepared, { ...wanted, now: now() });
      },
    },
    tools: { store, host, notes, noteName, now, cores: 2 * availableParallelism(), signal, onBadFile },
    close: () => sources.close(),
  };
}
