import path from 'node:path';
import { AlmanacError } from '../../market/almanac-error.js';
import { periodRange } from '../../market/block.js';
import { formatInstant } from '../../market/instant.js';
import { yearOf, yearRange } from '../../market/range.js';
import type { Timeframe } from '../../market/timeframe.js';
import { commitYear, explainDiskError } from '../commit/commit-year.js';
import { moveToQuarantine, quarantine } from '../commit/quarantine.js';
import { recoverYear } from '../commit/recover-year.js';
import { dataName, previousDataName, previousSidecarName, sidecarName } from '../layout.js';
import type { Sidecar } from '../sidecar/sidecar.js';
import { BlockError } from '../year/block.js';
import { readSidecar } from '../year/open-year.js';
import { listSeriesFiles } from './remove-files.js';
import { type LockedSeries, type RemoveOptions, withSeriesLock } from './remove-lock.js';

/** What went, and where it is now. */
export interface RemovedBefore {
  readonly ids: readonly string[];
  /** The one of them that holds a year as it was before it was cut. */
  readonly cut: string | undefined;
  /** What kept the last step from being done; the steps before it stand. */
  readonly error: unknown;
}

/**
 * Takes from a series every whole block that ends at or before an instant. Whole years are moved into quarantine; the
 * year the instant falls in is written anew without those blocks, and what it was before goes to quarantine first.
 * Oldest first, so that a kill in the middle leaves no hole within what stays. Years of a newer format are left alone.
 */
export async function removeBefore(
  cache: string,
  series: { readonly symbol: string; readonly timeframe: Timeframe },
  before: number,
  options: RemoveOptions = {},
): Promise<RemovedBefore> {
  const removed = await withSeriesLock(cache, series, options, async (locked) => {
    const border = yearOf(before);
    const moved = await moveYears(locked, (year) => yearRange(year).end <= before);
    const ids = moved === undefined ? [] : [moved];
    try {
      const kept = await blocksAfter(locked, border, before);
      if (kept === undefined) return { ids, cut: undefined, error: undefined };
      const cut = kept.blocks.length === 0 ? undefined : await rewrite(locked, kept.sidecar, kept.blocks);
      const last = cut ?? (await moveYears(locked, (year) => year === border));
      return { ids: last === undefined ? ids : [...ids, last], cut, error: undefined };
    } catch (error) {
      return { ids, cut: undefined, error: explainDiskError(error, locked.folder) };
    }
  });
  return removed ?? { ids: [], cut: undefined, error: undefined };
}

async function moveYears(locked: LockedSeries, goes: (year: number) => boolean): Promise<string | undefined> {
  const { files, cache, folder, now } = locked;
  const names: string[] = [];
  for (const { name, year } of await listSeriesFiles(files, folder))
    if (goes(year) && !(await isNewer(locked, year))) names.push(name);
  if (names.length === 0) return undefined;
  const id = await moveToQuarantine(files, { cache, folder, names, reason: 'removed by cache prune', now });
  await files.syncFolder(folder);
  return id;
}

/** Of a newer program's format: nobody here knows what is in it, so it stays. */
async function isNewer({ files, folder }: LockedSeries, year: number): Promise<boolean> {
  return (await readSidecar(files, folder, year))?.state === 'newer';
}

/** What stays of the year that the border lies in; undefined where all of it does. */
async function blocksAfter(locked: LockedSeries, year: number, before: number) {
  const { files, folder } = locked;
  if (await isNewer(locked, year)) return undefined;
  const state = await recoverYear(files, folder, year);
  // Of a year without a fitting sidecar nobody can tell which blocks are old: it goes when all of it is, or once mended.
  if (state.kind !== 'sound') return undefined;
  const { sidecar } = state;
  const blocks = sidecar.blocks.filter(({ period }) => periodRange(period).end > before);
  return blocks.length === sidecar.blocks.length ? undefined : { sidecar, blocks };
}

async function rewrite(
  { files, cache, folder, now, lock }: LockedSeries,
  sidecar: Sidecar,
  kept: Sidecar['blocks'],
): Promise<string> {
  const { year } = sidecar;
  const { rows: _rows, first: _first, last: _last, file: _file, blocks: _blocks, ...identity } = sidecar;
  const inKept = (from: string): boolean => kept.some(({ period }) => within(period, Date.parse(from)));
  const names = [dataName(year), sidecarName(year)];
  const id = await quarantine(files, { cache, folder, names, reason: 'cut by cache prune', now });
  const file = await files.open(path.join(folder, dataName(year)), 'read');
  try {
    const draft = {
      ...identity,
      generation: sidecar.generation + 1,
      provenance: sidecar.provenance.filter(({ from }) => inKept(from)),
      updatedAt: formatInstant(now),
    };
    const pieces = kept.map((entry) => ({ from: file, entry }));
    await commitYear({ files, folder, lock }, { draft, pieces, basedOn: sidecar.generation, keepPrevious: true });
  } catch (error) {
    if (!(error instanceof BlockError)) throw error;
    throw new AlmanacError(
      'STORE_DAMAGED',
      `${path.join(folder, dataName(year))} is damaged and was left as it is: ${error.message}`,
      { cause: error, suggestions: ['almanac cache cleanup'] },
    );
  } finally {
    await file.close().catch(() => undefined); // it was only read
  }
  await forgetPrevious({ files, folder }, year);
  return id;
}

/**
 * The previous generation is what went to quarantine a moment ago. Its second name here would take its room for as
 * long as nobody writes to this year again, which of an old year is for ever.
 */
async function forgetPrevious({ files, folder }: Pick<LockedSeries, 'files' | 'folder'>, year: number): Promise<void> {
  for (const name of [previousDataName(year), previousSidecarName(year)])
    await files.unlink(path.join(folder, name)).catch(() => undefined); // then it takes its room until the next write
}

function within(period: string, instant: number): boolean {
  const { start, end } = periodRange(period);
  return instant >= start && instant < end;
}
