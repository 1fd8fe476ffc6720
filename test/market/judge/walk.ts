import type { Bars } from '../../../src/market/bars.js';
import { sliceRows } from '../../../src/market/bars.js';
import type { Judge } from '../../../src/market/judge/judge.js';

export const HOUR = 3_600_000;
export const START = Date.UTC(2020, 0, 1);

export interface Walk {
  readonly seed: number;
  readonly bars: number;
  /** The usual move of a bar. */
  readonly sigma: number;
  /** Degrees of freedom of Student's distribution: 3 has wild tails. */
  readonly freedom: number;
  readonly price: number;
  readonly step?: number;
}

/** A geometric random walk whose volatility wanders and whose moves have heavy tails; opens are the closes before. */
export function walk({ seed, bars, sigma, freedom, price, step = HOUR }: Walk): Bars {
  const random = createRandom(seed);
  const time = Float64Array.from({ length: bars }, (_, i) => START + i * step);
  const [open, high, low, close, volume] = Array.from({ length: 5 }, () => new Float64Array(bars)) as Five;
  let last = price;
  let mood = 0;
  for (let i = 0; i < bars; i++) {
    mood = 0.98 * mood + 0.08 * normal(random);
    const move = sigma * Math.exp(mood) * student(random, freedom);
    open[i] = last;
    close[i] = last * Math.exp(move);
    high[i] = Math.max(last, close[i] as number) * (1 + sigma * random());
    low[i] = Math.min(last, close[i] as number) * (1 - sigma * random());
    volume[i] = 1 + 100 * random();
    last = close[i] as number;
  }
  return { time, columns: ['open', 'high', 'low', 'close', 'volume'], values: [open, high, low, close, volume] };
}

type Five = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

/** Prices from a row on (or of some rows alone) times a factor. */
export function scale(bars: Bars, factor: number, from: number, to = bars.time.length): Bars {
  const values = bars.values.map((column, c) =>
    c === 4 ? column : column.map((value, i) => (i >= from && i < to ? value * factor : value)),
  );
  return { ...bars, values };
}

/** What a judge says of the series, given in blocks as the store gives them. */
export function judge<T>(judging: Judge<T>, bars: Bars, block = 100): T {
  for (let at = 0; at < bars.time.length; at += block) judging.add(sliceRows(bars, at, at + block));
  return judging.finish();
}

function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Bailey's way to Student's distribution: as the normal one by Box and Muller. */
function student(random: () => number, freedom: number): number {
  const far = (1 - random()) ** (-2 / freedom) - 1;
  return Math.sqrt(freedom * far) * Math.cos(2 * Math.PI * random());
}
