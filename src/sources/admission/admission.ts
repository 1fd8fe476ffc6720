import { isOrdered, judgeCell, opensHere, type Reason } from '../../market/bar-rules.js';
import { type Bars, firstUnordered, sliceRows } from '../../market/bars.js';
import { closeOf, openOf } from '../../market/timeframe.js';
import type { Batch } from '../../provider/index.js';
import type { AdmissionRules } from './admission-rules.js';
import { isSound } from './is-sound.js';
import { toBars } from './rows-to-bars.js';
import { sortRows } from './sort-rows.js';

/** What came and what was not taken, counted over a whole answer. */
export interface Tally {
  readonly rows: number;
  readonly admitted: number;
  readonly refused: ReadonlyMap<Reason, number>;
}

/** A row that lies in what was asked and is no bar. */
export interface BadRow {
  readonly time: number;
  readonly reason: Reason;
}

/** Reasons that say nothing against a row of the range that was asked for. */
const BESIDE: ReadonlySet<Reason> = new Set(['no-time', 'outside-range', 'not-closed', 'duplicate']);

/**
 * The one place where what a provider sent is held against what was asked: a row that is not surely a closed bar of
 * this range does not pass, and is counted with its reason. Batches may come unsorted and with repeats.
 */
export class Admission {
  #rows = 0;
  #admitted = 0;
  #crowded = 0;
  readonly #refused = new Map<Reason, number>();

  constructor(private readonly rules: AdmissionRules) {}

  get tally(): Tally {
    return { rows: this.#rows, admitted: this.#admitted, refused: this.#refused };
  }

  /** Rows that open within a bar of the same batch: a sign that these are bars of a shorter timeframe. */
  get crowded(): number {
    return this.#crowded;
  }

  /** The rows that are bars, ascending, each time once, unless repeats are kept. */
  admit(batch: Batch, onBadRow?: (row: BadRow) => void): Bars {
    const bad = new Map<number, Reason>();
    const bars = toBars(batch, this.rules.timeframe === 'ticks', (row, reason) => bad.set(row, reason));
    this.#rows += bars.time.length;
    if (bad.size === 0 && isSound(bars, this.rules)) {
      this.#admitted += bars.time.length;
      return bars;
    }
    const keep = new Uint8Array(bars.time.length);
    let kept = 0;
    const judge = this.#judgeOf(bars);
    const within: number[] = [];
    for (let row = 0; row < keep.length; row++) {
      const reason = bad.get(row) ?? judge(row);
      if (reason === undefined) {
        keep[row] = 1;
        kept++;
      } else {
        this.#count(reason);
        if (!BESIDE.has(reason)) onBadRow?.({ time: bars.time[row] as number, reason });
      }
      if (reason === 'off-grid') within.push(openOf(this.rules.timeframe, bars.time[row] as number));
    }
    const good = kept === keep.length ? bars : pickRows(bars, keep, kept);
    const taken = this.rules.repeats === 'kept' ? good : this.#unique(good);
    this.#admitted += taken.time.length;
    if (within.length > 0) {
      const opens = new Set(taken.time);
      this.#crowded += within.filter((open) => opens.has(open)).length;
    }
    return taken;
  }

  #judgeOf(bars: Bars): (row: number) => Reason | undefined {
    const { timeframe, range, now, sessions } = this.rules;
    const prices = ['open', 'high', 'low', 'close'].map((name) => bars.values[bars.columns.indexOf(name)]);
    const [open, high, low, close] = prices as [Float64Array, Float64Array, Float64Array, Float64Array];
    const complete =
      timeframe === 'ticks' ? bars.columns.includes('price') : prices.every((each) => each !== undefined);
    const cells = bars.columns.map((name, i) => ({ name, values: bars.values[i] as Float64Array }));
    const judged = cells.filter(({ name }) => judgeCell(name, -1) !== undefined);
    return (row) => {
      const time = bars.time[row] as number;
      if (!Number.isInteger(time)) return 'no-time';
      if (time < range.start || time >= range.end) return 'outside-range';
      if (!complete) return 'no-prices';
      for (const { name, values } of judged) {
        const reason = judgeCell(name, values[row] as number);
        if (reason !== undefined) return reason;
      }
      for (const { values } of cells) {
        if (
          (values[row] as number) === Number.POSITIVE_INFINITY ||
          (values[row] as number) === Number.NEGATIVE_INFINITY
        )
          return 'not-a-number';
      }
      if (
        timeframe !== 'ticks' &&
        !isOrdered(open[row] as number, high[row] as number, low[row] as number, close[row] as number)
      ) {
        return 'high-low';
      }
      if (!opensHere(timeframe, time, sessions)) return 'off-grid';
      return closeOf(timeframe, time) > now ? 'not-closed' : undefined;
    };
  }

  /** Sorted, and the first of rows with one time stands. */
  #unique(bars: Bars): Bars {
    if (firstUnordered(bars.time) < 0) return bars;
    const sorted = sortRows(bars);
    const keep = new Uint8Array(sorted.time.length);
    let kept = 0;
    for (let row = 0; row < keep.length; row++) {
      if (row > 0 && sorted.time[row] === sorted.time[row - 1]) this.#count('duplicate');
      else {
        keep[row] = 1;
        kept++;
      }
    }
    return kept === keep.length ? sorted : pickRows(sorted, keep, kept);
  }

  #count(reason: Reason): void {
    this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + 1);
  }
}

/** The marked rows; views where they are the batch's beginning, because most batches lose only their last. */
function pickRows(bars: Bars, keep: Uint8Array, kept: number): Bars {
  if (keep.subarray(0, kept).every((mark) => mark === 1)) return sliceRows(bars, 0, kept);
  const pick = (from: Float64Array): Float64Array => {
    const to = new Float64Array(kept);
    let at = 0;
    for (let row = 0; row < keep.length; row++) if (keep[row] === 1) to[at++] = from[row] as number;
    return to;
  };
  return { time: pick(bars.time), columns: bars.columns, values: bars.values.map(pick) };
}
