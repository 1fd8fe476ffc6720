import { AlmanacError } from '../../market/almanac-error.js';
import { formatBytes } from '../terminal/format.js';
import type { Log } from '../terminal/log.js';

export interface DiskNeed {
  readonly folder: string;
  readonly neededBytes: number;
  readonly freeBytes: number | undefined;
}

export type Judgement = 'enough' | 'tight' | 'too-little';

/** `about 2.5 MB of disk, and 5.0 MB are free at /data/market` */
export function describeRoom({ folder, neededBytes, freeBytes }: DiskNeed): string {
  const free = freeBytes === undefined ? 'what is free cannot be told' : `${formatBytes(freeBytes)} are free`;
  return `about ${formatBytes(neededBytes)} of disk, and ${free} at ${folder}`;
}

/** Before anything is fetched: what surely does not fit is not begun, and what may not is said. */
export function checkRoom(need: DiskNeed, judgement: Judgement, told: Log): void {
  if (judgement === 'enough') return;
  const text = `this takes ${describeRoom(need)}`;
  if (judgement === 'tight') {
    told.warn(`${text}: it may not fit`);
    return;
  }
  throw new AlmanacError('STORE_FULL', `${text}: nothing was fetched`, {
    suggestions: ['free some space, or ask for less with --start-date', '--cache-dir on a larger disk'],
  });
}
