import path from 'node:path';
import type { Timeframe } from '../../market/timeframe.js';
import { nodeFiles } from '../../store/files/node-files.js';
import { seriesFolder } from '../../store/layout.js';
import { listQuarantine } from '../../store/upkeep/list-quarantine.js';

export interface QuarantineSize {
  readonly items: number;
  readonly bytes: number;
}

/** What quarantine holds, of the whole cache or of one series. */
export async function measureQuarantine(
  cache: string,
  series?: { readonly symbol: string; readonly timeframe: Timeframe },
): Promise<QuarantineSize> {
  const root = path.resolve(cache);
  const folder = series && seriesFolder(root, series.symbol, series.timeframe);
  const from = folder && path.relative(root, folder).split(path.sep).join('/');
  const all = await listQuarantine(nodeFiles, root);
  const chosen = from === undefined ? all : all.filter(({ manifest }) => manifest?.from === from);
  return { items: chosen.length, bytes: chosen.reduce((sum, { bytes }) => sum + bytes, 0) };
}
