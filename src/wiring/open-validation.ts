import type { Config } from '@oclif/core/config';
import { outagesOf } from '../market/outages.js';
import { matchCalendar } from '../operations/populate/match-calendar.js';
import type { ExpectTools } from '../operations/validate/expected-series.js';
import type { ValidationShelf } from '../operations/validate/keep-validation.js';
import type { LoadedSettings } from '../settings/settings.js';
import type { Store } from '../store/face.js';
import { noteName } from '../store/layout.js';
import { openStore } from '../store/open-store.js';
import { openReports } from '../store/reports/open-reports.js';
import { openSharedState } from '../store/shared-state.js';
import { openLimits } from './open-limits.js';
import { openSources } from './open-sources.js';
import { readOutages } from './read-outages.js';

export interface ValidationParts {
  readonly loaded: LoadedSettings;
  readonly config: Config;
  /** The data clock. */
  readonly now: () => number;
  /** Whether what lies before a first bar may be asked about: only then are notes looked at. */
  readonly fromBefore: boolean;
}

export interface ValidationWiring {
  readonly store: Store;
  readonly expecting: ExpectTools;
  readonly reports: ValidationShelf & { fileOf(name: 'validation'): string };
}

/** Everything a judgement of what is there needs; nobody is asked, and nothing is created before it is written. */
export async function openValidation(parts: ValidationParts): Promise<ValidationWiring> {
  const { loaded, now, fromBefore } = parts;
  const { cacheFolder, settings } = loaded;
  const [{ providers }, existing, register] = await Promise.all([
    openSources(parts),
    openLimits(cacheFolder),
    readOutages(),
  ]);
  const noted = fromBefore && existing !== undefined;
  return {
    store: openStore(cacheFolder, { now }),
    reports: openReports(cacheFolder),
    expecting: {
      providers,
      calendarOf: (symbol) => matchCalendar(settings.calendars, symbol),
      outages: (series) => outagesOf(register, series),
      ...(noted ? { notes: openSharedState(cacheFolder, { area: 'notes' }) } : {}),
      noteName,
      now,
    },
  };
}
