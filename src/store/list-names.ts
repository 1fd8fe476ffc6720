import { AlmanacError } from '../market/almanac-error.js';
import { TIMEFRAMES, type Timeframe } from '../market/timeframe.js';
import type { FilePort } from './files/file-port.js';
import { asUnreadable } from './files/unreadable.js';
import { decodeSymbol, parseDataName, parseTimeframeFolder, seriesFolder, symbolFolder } from './layout.js';

/** What a cache's folders are called says what it has: no file is opened, and nothing heavy is imported for it. */
export async function listSymbolFolders(files: FilePort, cache: string): Promise<string[]> {
  await assertFolder(files, cache);
  return (await subfolders(files, cache))
    .map(decodeSymbol)
    .filter((symbol) => symbol !== undefined)
    .sort();
}

/** Those with at least one year of bars, in the order of their length. */
export async function listTimeframes(files: FilePort, cache: string, symbol: string): Promise<Timeframe[]> {
  const found: Timeframe[] = [];
  for (const name of await subfolders(files, symbolFolder(cache, symbol))) {
    const timeframe = parseTimeframeFolder(name);
    if (timeframe === undefined) continue;
    if (await holdsYears(files, seriesFolder(cache, symbol, timeframe))) found.push(timeframe);
  }
  return found.sort((a, b) => TIMEFRAMES.indexOf(a) - TIMEFRAMES.indexOf(b));
}

/** One that cannot be listed is taken to hold some: whoever opens the series is told why it cannot be read. */
async function holdsYears(files: FilePort, folder: string): Promise<boolean> {
  try {
    return ((await files.list(folder)) ?? []).some((entry) => parseDataName(entry.name) !== undefined);
  } catch (error) {
    if (asUnreadable(error, folder) === undefined) throw error;
    return true;
  }
}

/** A cache that is a file would look like an empty one until the first write. */
async function assertFolder(files: FilePort, cache: string): Promise<void> {
  if ((await files.stat(cache))?.kind === 'file')
    throw new AlmanacError('STORE_UNUSABLE', `the cache must be a folder, and ${cache} is a file`, {
      suggestions: ['--cache-dir with another folder', 'almanac config show'],
    });
}

async function subfolders(files: FilePort, of: string): Promise<string[]> {
  return ((await files.list(of)) ?? []).filter((entry) => entry.kind === 'folder').map((entry) => entry.name);
}
