import { formatInstant } from '../../market/instant.js';
import type { Series, YearInfo } from '../../store/face.js';
import { summarise } from './summarise.js';
import type { SeriesValidation, Validation, ValidationRun } from './validation.js';

/** The one document of a cache; the store lends it. */
export interface ValidationShelf {
  read(name: 'validation'): Promise<unknown>;
  change(name: 'validation', edit: (current: unknown) => unknown): Promise<void>;
}

/** What was judged before; undefined where nothing was, or what is there is no such document. */
export async function readValidation(reports: ValidationShelf): Promise<Validation | undefined> {
  return parseValidation(await reports.read('validation'));
}

export interface KeepOptions {
  /** Every series of the cache was judged: entries of others are of series that are gone. */
  readonly whole?: boolean;
  readonly run?: ValidationRun;
}

/** Puts new judgements in place of the old ones of the same series, keeps the others', and gives the document. */
export async function keepValidation(
  reports: ValidationShelf,
  results: readonly SeriesValidation[],
  now: number,
  options: KeepOptions = {},
): Promise<Validation> {
  let kept: Validation = joinValidation(undefined, results, now, options.run);
  await reports.change('validation', (current) => {
    kept = joinValidation(options.whole === true ? undefined : parseValidation(current), results, now, options.run);
    return kept;
  });
  return kept;
}

/** The same without writing it: what a cache that cannot be written would hold. */
export function joinValidation(
  current: Validation | undefined,
  results: readonly SeriesValidation[],
  now: number,
  run?: ValidationRun,
): Validation {
  const fresh = new Set(results.map(keyOf));
  const series = [...(current?.series ?? []).filter((each) => !fresh.has(keyOf(each))), ...results];
  series.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return { schemaVersion: 1, ...run, generatedAt: formatInstant(now), summary: summarise(series), series };
}

/** Whether every file of the series is the one that was judged. Of a year without a sidecar nobody can tell. */
export async function isFresh(entry: SeriesValidation, series: Pick<Series, 'years'>): Promise<boolean> {
  const years = await series.years();
  if (years.some(({ sidecar }) => sidecar === undefined)) return false;
  const now = generationsOf(years);
  const then = entry.generations;
  return (
    Object.keys(now).length === Object.keys(then).length &&
    Object.entries(now).every(([year, generation]) => then[year] === generation)
  );
}

export function generationsOf(years: readonly YearInfo[]): Record<string, number> {
  return Object.fromEntries(years.map(({ year, sidecar }) => [String(year), sidecar?.generation ?? 0]));
}

const keyOf = ({ symbol, interval }: SeriesValidation): string => `${symbol} ${interval}`;

/** Written by us or by nobody: what lacks the shape is treated as absent, and made anew. */
function parseValidation(value: unknown): Validation | undefined {
  const document = value as Partial<Validation> | undefined | null;
  if (document?.schemaVersion !== 1 || !Array.isArray(document.series)) return undefined;
  const series = document.series.filter(
    (each) => typeof each?.symbol === 'string' && Array.isArray(each.years) && typeof each.generations === 'object',
  );
  return { ...(document as Validation), series };
}
