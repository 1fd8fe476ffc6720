import path from 'node:path';
import type { Timeframe } from '../../market/timeframe.js';
import type { FilePort, FolderEntry } from '../files/file-port.js';
import { asUnreadable, type Unreadable } from '../files/unreadable.js';
import {
  decodeSymbol,
  LOCK_NAME,
  ownFolder,
  parseDataName,
  parseTempName,
  parseTimeframeFolder,
  previousDataName,
  previousSidecarName,
  reportFile,
  sidecarName,
} from '../layout.js';

/** A series as it lies on disk: what is in its folder, each file under what it is. */
export interface SeriesOnDisk {
  readonly cache: string;
  readonly folder: string;
  /** From the cache's root, with `/`. */
  readonly path: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Every year of which there is a data file or a sidecar. */
  readonly years: readonly number[];
  readonly temporary: readonly string[];
  readonly previous: readonly string[];
  readonly locks: readonly string[];
  readonly foreign: readonly string[];
}

export interface CacheOnDisk {
  readonly series: readonly SeriesOnDisk[];
  /** What nobody of us put there, from the cache's root. */
  readonly foreign: readonly string[];
  /** Folders of symbols and series that cannot be listed. */
  readonly unreadable: readonly Unreadable[];
}

const TEMPORARY_REPORT = /^\.validate-metadata\.json\.[0-9a-f]{12}\.tmp$/;

/** Everything in a cache by its name alone; no file is opened. Sorted, so that two runs see the same order. */
export async function walkCache(files: FilePort, cache: string): Promise<CacheOnDisk> {
  const series: SeriesOnDisk[] = [];
  const foreign: string[] = [];
  const unreadable: Unreadable[] = [];
  const own = new Set([path.basename(ownFolder(cache)), path.basename(reportFile(cache, 'validation')), LOCK_NAME]);
  for (const entry of await sorted(files, cache)) {
    if (own.has(entry.name) || TEMPORARY_REPORT.test(entry.name)) continue;
    const symbol = entry.kind === 'folder' ? decodeSymbol(entry.name) : undefined;
    if (symbol === undefined) {
      foreign.push(entry.name);
      continue;
    }
    const folder = path.join(cache, entry.name);
    for (const inner of (await unlessUnreadable(folder, () => sorted(files, folder), unreadable)) ?? []) {
      const timeframe = inner.kind === 'folder' ? parseTimeframeFolder(inner.name) : undefined;
      const below = `${entry.name}/${inner.name}`;
      if (timeframe === undefined) {
        foreign.push(below);
        continue;
      }
      const read = () => readSeries(files, cache, below, symbol, timeframe);
      const found = await unlessUnreadable(path.join(folder, inner.name), read, unreadable);
      if (found !== undefined) series.push(found);
    }
  }
  return { series, foreign, unreadable };
}

/** The cache's own folder is not among those that are passed over: without it there is nothing. */
async function unlessUnreadable<T>(
  folder: string,
  read: () => Promise<T>,
  unreadable: Unreadable[],
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    const found = asUnreadable(error, folder);
    if (found === undefined) throw error;
    unreadable.push(found);
    return undefined;
  }
}

async function readSeries(
  files: FilePort,
  cache: string,
  below: string,
  symbol: string,
  timeframe: Timeframe,
): Promise<SeriesOnDisk> {
  const folder = path.join(cache, ...below.split('/'));
  const years = new Set<number>();
  const lists = { temporary: [] as string[], previous: [] as string[], locks: [] as string[], foreign: [] as string[] };
  for (const { name, kind } of await sorted(files, folder)) {
    const year = parseDataName(name) ?? yearOfSidecar(name);
    // A folder under a year's name is that year's to judge: its file cannot be there.
    if (kind !== 'other' && year !== undefined) years.add(year);
    else if (kind === 'file' && parseTempName(name) !== undefined) lists.temporary.push(name);
    else if (kind === 'file' && isPrevious(name)) lists.previous.push(name);
    else if (name === LOCK_NAME) lists.locks.push(name);
    else lists.foreign.push(name);
  }
  return { cache, folder, path: below, symbol, timeframe, years: [...years].sort((a, b) => a - b), ...lists };
}

function yearOfSidecar(name: string): number | undefined {
  const year = parseDataName(name.replace(/\.metadata\.json$/, '.csv.gz'));
  return year !== undefined && name === sidecarName(year) ? year : undefined;
}

function isPrevious(name: string): boolean {
  const year = Number(/^\.(\d{4})\..+\.prev$/.exec(name)?.[1]);
  return name === previousDataName(year) || name === previousSidecarName(year);
}

async function sorted(files: FilePort, folder: string): Promise<FolderEntry[]> {
  return [...((await files.list(folder)) ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
}
