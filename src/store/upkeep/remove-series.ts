import type { Timeframe } from '../../market/timeframe.js';
import { moveToQuarantine } from '../commit/quarantine.js';
import { listSeriesFiles } from './remove-files.js';
import { type RemoveOptions, withSeriesLock } from './remove-lock.js';

/**
 * Moves everything Almanac keeps of a series into quarantine and says under which id; undefined where there was
 * nothing. Killed in the middle, every file is in one of the two places, and a second call moves the rest.
 */
export async function removeSeries(
  cache: string,
  series: { readonly symbol: string; readonly timeframe: Timeframe },
  options: RemoveOptions = {},
): Promise<string | undefined> {
  return withSeriesLock(cache, series, options, async ({ files, cache: root, folder, now }) => {
    const names = (await listSeriesFiles(files, folder)).map(({ name }) => name);
    if (names.length === 0) return undefined;
    const reason = 'removed by cache remove';
    const id = await moveToQuarantine(files, { cache: root, folder, names, reason, now });
    await files.syncFolder(folder);
    return id;
  });
}
