import path from 'node:path';
import { emptyBars } from '../../src/market/bars.js';
import type { Timeframe } from '../../src/market/timeframe.js';
import { openStore } from '../../src/store/open-store.js';

/** Takes rows out of a settled folder's cache as if they had never come; gives how many there were. */
export async function cutRows(
  folder: string,
  symbol: string,
  timeframe: Timeframe,
  from: string,
  to: string,
): Promise<number> {
  const series = openStore(path.join(folder, 'market')).series(symbol, timeframe);
  const provenance = (await series.years()).flatMap(({ sidecar }) => sidecar?.provenance ?? [])[0];
  if (provenance === undefined) throw new Error(`${symbol} ${timeframe} has no rows to cut`);
  const replace = { start: Date.parse(from), end: Date.parse(to) };
  return (await series.put(emptyBars(), provenance, { replace, allowShrink: true })).removed;
}
