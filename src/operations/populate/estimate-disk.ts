import { yearOf } from '../../market/range.js';
import type { Store } from '../../store/face.js';
import type { SeriesPlan } from './plan-series.js';

/** What a plan takes of the disk, and what is there. */
export interface DiskNeed {
  readonly folder: string;
  readonly neededBytes: number;
  /** Undefined where it cannot be told. */
  readonly freeBytes: number | undefined;
}

/** A bar in its compressed file, where the series itself does not tell: less than most take. */
const BYTES_PER_BAR = 24;
/** A sidecar, and the rest of the last page of each of a year's files. */
const BYTES_PER_YEAR = 8192;
/** So many rows say how large the next ones will be. */
const TELLING_ROWS = 1000;

/** The new bars, and the largest year once more: it is written beside the old one before it takes its place. */
export async function estimateDisk(plans: readonly SeriesPlan[], store: Pick<Store, 'series'>): Promise<number> {
  let added = 0;
  let largest = 0;
  for (const { ask, tasks } of plans) {
    if (tasks.length === 0) continue;
    const series = store.series(ask.symbol, ask.timeframe);
    const { rows, bytes } = await series.info();
    const perBar = rows >= TELLING_ROWS ? bytes / rows : BYTES_PER_BAR;
    const bars = tasks.reduce((sum, task) => sum + (task.again === 'only' ? 0 : task.bars), 0);
    const from = yearOf(Math.min(...tasks.map(({ start }) => start)));
    const to = yearOf(Math.max(...tasks.map(({ end }) => end - 1)));
    const years = to - from + 1;
    const there = (await series.years()).filter(({ year }) => year >= from && year <= to);
    added += bars * perBar + (years - there.length) * BYTES_PER_YEAR;
    largest = Math.max(largest, (bars * perBar) / years + Math.max(0, ...there.map((year) => year.bytes)));
  }
  return Math.round(added + largest);
}

/** An estimate may be wrong by half or by double: only beyond that is it certain enough to refuse anything. */
const UNSURE = 2;

export function judgeDisk({ neededBytes, freeBytes }: DiskNeed): 'enough' | 'tight' | 'too-little' {
  if (freeBytes === undefined || neededBytes * UNSURE <= freeBytes) return 'enough';
  return neededBytes > freeBytes * UNSURE ? 'too-little' : 'tight';
}
