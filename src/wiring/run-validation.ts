import type { Config } from '@oclif/core/config';
import { AlmanacError } from '../market/almanac-error.js';
import { chooseSeries, type SeriesChoice } from '../operations/validate/choose-series.js';
import { joinValidation, keepValidation, readValidation } from '../operations/validate/keep-validation.js';
import { type CacheVerdict, validateCache } from '../operations/validate/validate-cache.js';
import type { Validation, ValidationRun } from '../operations/validate/validation.js';
import type { LoadedSettings } from '../settings/settings.js';
import { openValidation, type ValidationWiring } from './open-validation.js';

export interface ValidationJob {
  readonly loaded: LoadedSettings;
  readonly config: Config;
  readonly signal: AbortSignal;
  readonly choice: SeriesChoice;
  /** The data clock. */
  readonly now: number;
  readonly range: { readonly start?: number; readonly end?: number };
  readonly deep: boolean;
  /** How the document begins. */
  readonly describeRun: (
    verdict: CacheVerdict & Pick<ValidationEnd, 'strangers' | 'unread'> & { readonly unkept?: AlmanacError },
  ) => ValidationRun;
}

export interface ValidationEnd extends CacheVerdict {
  /** With the entries of series that were not asked about now. */
  readonly document: Validation;
  readonly folder: string;
  /** Named, and not in the cache. */
  readonly strangers: readonly string[];
  /** Why a symbol's folder could not be looked into, in a sentence each. */
  readonly unread: readonly string[];
  /** Why the report could not be written. */
  readonly unkept?: AlmanacError;
}

export async function runValidation(job: ValidationJob): Promise<ValidationEnd> {
  const { now, range, deep, signal } = job;
  const wiring = await openValidation({ ...job, now: () => now, fromBefore: range.start !== undefined });
  const { store } = wiring;
  const { series, strangers, unread, whole } = await chooseSeries(store, job.choice);
  const verdict = await validateCache(series, wiring, { now, deep, signal, ...range });
  const told = { ...verdict, strangers, unread };
  const describe = (more: { readonly unkept?: AlmanacError }) => job.describeRun({ ...told, ...more });
  return { ...told, folder: store.folder, ...(await keep(wiring, verdict, now, { whole, describe })) };
}

/** An empty cache is left as it is; one that cannot be written gives its report all the same. */
async function keep(
  { reports }: ValidationWiring,
  { results, failed }: CacheVerdict,
  now: number,
  {
    whole,
    describe,
  }: { readonly whole: boolean; readonly describe: (more: { readonly unkept?: AlmanacError }) => ValidationRun },
) {
  const run = describe({});
  if (results.length === 0) return { document: joinValidation(await readValidation(reports), results, now, run) };
  const all = { whole: whole && failed.length === 0, run };
  try {
    return { document: await keepValidation(reports, results, now, all) };
  } catch (error) {
    if (!(error instanceof AlmanacError)) throw error;
    const before = all.whole ? undefined : await readValidation(reports);
    return { document: joinValidation(before, results, now, describe({ unkept: error })), unkept: error };
  }
}
