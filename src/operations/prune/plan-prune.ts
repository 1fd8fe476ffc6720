import { type Age, instantBefore } from '../../market/age.js';
import type { Range } from '../../market/range.js';
import { closeOf, type Timeframe } from '../../market/timeframe.js';

/** The least that can go: a block, or a year whose blocks nobody can tell apart. */
export interface PrunePiece {
  readonly range: Range;
  /** Undefined where no sidecar says. */
  readonly rows: number | undefined;
  readonly bytes: number;
}

export interface PrunableSeries {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** In order of time. */
  readonly pieces: readonly PrunePiece[];
  /** Open of the first and last bar. */
  readonly first: number | undefined;
  readonly last: number | undefined;
}

export type PruneRule =
  | { readonly kind: 'older-than'; readonly before: number }
  | { readonly kind: 'keep-last'; readonly age: Age }
  | { readonly kind: 'max-size'; readonly bytes: number };

/** What goes of a series: everything before an instant, a border of its blocks. */
export interface SeriesCut {
  readonly series: PrunableSeries;
  readonly before: number;
  readonly pieces: readonly PrunePiece[];
}

/** Only series of which something goes. Always their beginnings: `update` begins at the first bar that is left. */
export function planPrune(all: readonly PrunableSeries[], rule: PruneRule): SeriesCut[] {
  const counts = rule.kind === 'max-size' ? countToFit(all, rule.bytes) : all.map((series) => countOlder(series, rule));
  return all.flatMap((series, i) => {
    const pieces = series.pieces.slice(0, counts[i]);
    const last = pieces.at(-1);
    return last === undefined ? [] : [{ series, before: last.range.end, pieces }];
  });
}

function countOlder(series: PrunableSeries, rule: Exclude<PruneRule, { kind: 'max-size' }>): number {
  const { timeframe, pieces, last } = series;
  if (rule.kind === 'older-than') return countBefore(pieces, rule.before);
  if (last === undefined) return 0;
  // A week's bar may close after its block's end; the block that holds the last bar stays all the same.
  return countBefore(pieces.slice(0, -1), instantBefore(closeOf(timeframe, last), rule.age));
}

function countBefore(pieces: readonly PrunePiece[], before: number): number {
  const stays = pieces.findIndex(({ range }) => range.end > before);
  return stays < 0 ? pieces.length : stays;
}

/**
 * The oldest block of whatever series is the largest then, one after another, until the rest fits. The largest are the
 * finest, whose old blocks are missed least. The last block of a series stays.
 */
function countToFit(all: readonly PrunableSeries[], most: number): number[] {
  const heaps = all.map(({ pieces }) => ({ pieces, gone: 0, size: sizeOf(pieces) }));
  for (let total = heaps.reduce((sum, { size }) => sum + size, 0); total > most; ) {
    const open = heaps.filter(({ pieces, gone }) => gone < pieces.length - 1);
    const [first, ...others] = open;
    if (first === undefined) break;
    const largest = others.reduce((best, each) => (each.size > best.size ? each : best), first);
    const bytes = largest.pieces[largest.gone]?.bytes ?? 0;
    largest.gone++;
    largest.size -= bytes;
    total -= bytes;
  }
  return heaps.map(({ gone }) => gone);
}

export function sizeOf(pieces: readonly PrunePiece[]): number {
  return pieces.reduce((sum, { bytes }) => sum + bytes, 0);
}
