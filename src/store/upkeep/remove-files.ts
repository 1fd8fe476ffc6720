import path from 'node:path';
import { TIMEFRAMES, type Timeframe } from '../../market/timeframe.js';
import type { FilePort } from '../files/file-port.js';
import { nodeFiles } from '../files/node-files.js';
import {
  dataName,
  LOCK_NAME,
  parseDataName,
  parseTempName,
  previousDataName,
  previousSidecarName,
  seriesFolder,
  sidecarName,
} from '../layout.js';

export interface SeriesFile {
  readonly name: string;
  readonly year: number;
}

/**
 * Every file that Almanac itself made for a series, also a dead writer's, in the order in which they may be moved away:
 * the oldest year first and each year's sidecar last, because a sidecar alone is no series, and a series without its
 * sidecar would have lost its origin.
 */
export async function listSeriesFiles(files: FilePort, folder: string): Promise<readonly SeriesFile[]> {
  const entries = (await files.list(folder)) ?? [];
  return entries
    .filter((entry) => entry.kind === 'file')
    .flatMap(({ name }) => {
      const year = yearOfFile(name);
      return year === undefined ? [] : [{ name, year }];
    })
    .sort((a, b) => a.year - b.year || rankOf(a) - rankOf(b));
}

function yearOfFile(name: string): number | undefined {
  const data = parseDataName(name);
  if (data !== undefined) return data;
  const temp = parseTempName(name)?.year;
  if (temp !== undefined) return temp;
  const year = Number(/\d{4}/.exec(name)?.[0]);
  return [sidecarName, previousDataName, previousSidecarName].some((nameOf) => nameOf(year) === name)
    ? year
    : undefined;
}

function rankOf({ name, year }: SeriesFile): number {
  if (name === dataName(year)) return 1;
  return name === sidecarName(year) ? 2 : 0;
}

/** What lies in the folder of a series besides its lock. */
export interface SeriesFolder {
  readonly timeframe: Timeframe;
  readonly years: readonly number[];
  /** Of its data files. */
  readonly bytes: number;
  /** Names of what Almanac did not make, which stays where it is. */
  readonly foreign: readonly string[];
}

/** Every interval of a symbol of which there is any file, also one that a kill left without its data. */
export async function listSeriesFolders(
  cache: string,
  symbol: string,
  files: FilePort = nodeFiles,
): Promise<readonly SeriesFolder[]> {
  const found: SeriesFolder[] = [];
  for (const timeframe of TIMEFRAMES) {
    const folder = seriesFolder(path.resolve(cache), symbol, timeframe);
    const own = await listSeriesFiles(files, folder);
    if (own.length === 0) continue;
    const years = own.filter(({ name, year }) => name === dataName(year)).map(({ year }) => year);
    let bytes = 0;
    for (const year of years) bytes += (await files.stat(path.join(folder, dataName(year))))?.bytes ?? 0;
    const known = new Set([LOCK_NAME, ...own.map(({ name }) => name)]);
    const foreign = ((await files.list(folder)) ?? []).map(({ name }) => name).filter((name) => !known.has(name));
    found.push({ timeframe, years, bytes, foreign });
  }
  return found;
}
