/** What an integer time counts. */
export type Unit = 's' | 'ms' | 'us' | 'ns';

const PER_MS = { us: 1000, ns: 1_000_000 } as const;
const WORD = 2 ** 32;

/**
 * 64-bit counts as milliseconds, rounded down. The two halves of each are read as numbers: a BigInt a row would cost
 * an allocation each, and nanoseconds since 1970 do not fit a double, so they are divided in two steps that are exact.
 */
export function toMillis(counts: BigInt64Array | BigUint64Array, unit: Unit, out: Float64Array, from = 0): void {
  const halves = new Int32Array(counts.buffer, counts.byteOffset, counts.length * 2);
  for (let i = 0; i < counts.length; i++) {
    const low = (halves[2 * i] as number) >>> 0;
    const high = halves[2 * i + 1] as number;
    out[from + i] = scale(high, low, unit);
  }
}

function scale(high: number, low: number, unit: Unit): number {
  if (unit === 'ms') return high * WORD + low;
  if (unit === 's') return (high * WORD + low) * 1000;
  const per = PER_MS[unit];
  // 2^32 = whole * per + rest, and high * rest + low stays far below 2^53.
  const whole = Math.floor(WORD / per);
  return high * whole + Math.floor((high * (WORD % per) + low) / per);
}

/** 64-bit integers as doubles: exact to 2^53, the nearest one beyond. */
export function toDoubles(counts: BigInt64Array | BigUint64Array, out: Float64Array, from = 0): void {
  const halves = new Int32Array(counts.buffer, counts.byteOffset, counts.length * 2);
  const signed = counts instanceof BigInt64Array;
  for (let i = 0; i < counts.length; i++) {
    const high = halves[2 * i + 1] as number;
    out[from + i] = (signed ? high : high >>> 0) * WORD + ((halves[2 * i] as number) >>> 0);
  }
}

/** Beyond these, a count since 1970 means the next finer unit: the year 5138 in seconds is 1973 in milliseconds. */
const SECONDS_BELOW = 1e11;
const MILLIS_BELOW = 1e14;
const MICROS_BELOW = 1e17;
/** A count of nanoseconds as a double is off by up to half of this. */
const NANOS_APART = 256;

/** A time written as a plain number, whose unit only its size tells. */
export function guessMillis(count: number): number {
  const size = Math.abs(count);
  if (size < SECONDS_BELOW) return count * 1000;
  if (size < MILLIS_BELOW) return Math.floor(count);
  if (size < MICROS_BELOW) return Math.floor(count / 1000);
  return Math.floor((count + NANOS_APART) / 1_000_000);
}
