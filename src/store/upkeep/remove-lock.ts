import { hostname } from 'node:os';
import path from 'node:path';
import { AlmanacError } from '../../market/almanac-error.js';
import { parseSymbol } from '../../market/symbol.js';
import type { Timeframe } from '../../market/timeframe.js';
import { explainDiskError } from '../commit/commit-year.js';
import { lockSeries, type SeriesLock } from '../commit/series-lock.js';
import type { FilePort } from '../files/file-port.js';
import { nodeFiles } from '../files/node-files.js';
import { assertInside, seriesFolder } from '../layout.js';

export interface RemoveOptions {
  readonly files?: FilePort;
  /** For the manifest's time stamp. */
  readonly now?: () => number;
  readonly lockTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** A series' folder while its lock is ours. */
export interface LockedSeries {
  readonly files: FilePort;
  readonly cache: string;
  readonly folder: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly now: number;
  readonly lock: SeriesLock;
}

/**
 * Runs under the series' lock, so that no writer is in the middle of a commit; undefined where there is no such
 * folder. The lock file itself stays: whoever waits for it must find the same one.
 */
export async function withSeriesLock<T>(
  cache: string,
  { symbol, timeframe }: { readonly symbol: string; readonly timeframe: Timeframe },
  options: RemoveOptions,
  work: (series: LockedSeries) => Promise<T>,
): Promise<T | undefined> {
  const { files = nodeFiles, now = Date.now, lockTimeoutMs = 30_000, signal } = options;
  parseSymbol(symbol);
  const root = path.resolve(cache);
  const folder = seriesFolder(root, symbol, timeframe);
  assertInside(root, folder);
  let lock: SeriesLock | undefined;
  try {
    for (const part of [path.dirname(folder), folder]) {
      const stat = await files.stat(part);
      if (stat === undefined) return undefined;
      if (stat.kind !== 'folder')
        throw new AlmanacError(
          'STORE_UNUSABLE',
          `${part} is not a folder (a link or a file); nothing is moved through it`,
        );
    }
    const owner = `pid ${process.pid} on ${hostname()} since ${new Date().toISOString()}`;
    lock = await lockSeries(files, folder, { timeoutMs: lockTimeoutMs, owner, signal });
    return await work({ files, cache: root, folder, symbol, timeframe, now: now(), lock });
  } catch (error) {
    throw explainDiskError(error, folder);
  } finally {
    await lock?.release();
  }
}
