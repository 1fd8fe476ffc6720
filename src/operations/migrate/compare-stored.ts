import type { Bars } from '../../market/bars.js';
import { isSame } from './clash.js';
import type { Joined } from './join-parts.js';

interface StoredClash {
  readonly row: number;
  readonly column: string;
  readonly kept: number;
  readonly lost: number;
}

/** How rows of old files stand to what the cache has. */
export interface Comparison {
  /** For each row, 1 where the cache has none of its time. */
  readonly fresh: Uint8Array;
  readonly added: number;
  readonly conflicts: number;
  readonly clashes: readonly StoredClash[];
}

const SHOWN = 3;

export function compareStored(stored: Bars, { bars }: Pick<Joined, 'bars'>): Comparison {
  const pairs = pairColumns(bars, stored);
  const fresh = new Uint8Array(bars.time.length);
  const clashes: StoredClash[] = [];
  let added = 0;
  let conflicts = 0;
  let at = 0;
  for (let row = 0; row < fresh.length; row++) {
    const time = bars.time[row] as number;
    while (at < stored.time.length && (stored.time[at] as number) < time) at++;
    if (stored.time[at] !== time) {
      fresh[row] = 1;
      added++;
      continue;
    }
    const differs = pairs.find(({ ours, theirs }) => !isSame(ours[row] as number, theirs[at] as number));
    if (differs === undefined) continue;
    conflicts++;
    const { name, ours, theirs } = differs;
    if (clashes.length < SHOWN)
      clashes.push({ row, column: name, kept: theirs[at] as number, lost: ours[row] as number });
  }
  return { fresh, added, conflicts, clashes };
}

/** The columns both have. */
export function pairColumns(bars: Bars, stored: Bars) {
  return bars.columns.flatMap((name, c) => {
    const theirs = stored.values[stored.columns.indexOf(name)];
    return theirs === undefined ? [] : [{ name, ours: bars.values[c] as Float64Array, theirs }];
  });
}
