import type { Bars } from '../../market/bars.js';
import { formatDecimal } from '../../market/decimal.js';
import { DAY } from '../../market/timeframe.js';

const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8] as const;
/** Up to here every integer over a power of ten is the shortest decimal of the double it divides to. */
const EXACT = 1e15;
const NEWLINE = 10;
const COMMA = 44;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
/** A time stamp of at most 24 bytes, then 27 for a usual number; `room` grows the buffer for the rest. */
const TYPICAL_CELL = 12;

export function headerText(columns: readonly string[]): Uint8Array {
  return new TextEncoder().encode(`timestamp,${columns.join(',')}\n`);
}

/** Rows as the year-file spells them. Digits go straight into bytes: a string a cell would cost four times as much. */
export function writeText(bars: Bars): Uint8Array {
  const sink = new Sink(bars.time.length * (25 + bars.values.length * TYPICAL_CELL) + 1024);
  const hints = bars.values.map(() => 2);
  let day = Number.NaN;
  let date = '';
  for (let row = 0; row < bars.time.length; row++) {
    const time = bars.time[row] as number;
    const start = Math.floor(time / DAY) * DAY;
    if (start !== day) {
      day = start;
      date = new Date(day).toISOString().slice(0, 11);
    }
    sink.room(32 + bars.values.length * 32);
    sink.ascii(date);
    sink.clock(time - day);
    for (let c = 0; c < bars.values.length; c++) {
      sink.byte(COMMA);
      hints[c] = sink.number((bars.values[c] as Float64Array)[row] as number, hints[c] as number);
    }
    sink.byte(NEWLINE);
  }
  return sink.taken();
}

class Sink {
  #bytes: Uint8Array;
  #at = 0;

  constructor(size: number) {
    this.#bytes = new Uint8Array(size);
  }

  room(wanted: number): void {
    if (this.#at + wanted <= this.#bytes.length) return;
    const larger = new Uint8Array((this.#bytes.length + wanted) * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }

  byte(value: number): void {
    this.#bytes[this.#at++] = value;
  }

  ascii(text: string): void {
    for (let i = 0; i < text.length; i++) this.#bytes[this.#at++] = text.charCodeAt(i);
  }

  /** `HH:MM:SSZ`, or with milliseconds where they are not zero. */
  clock(ms: number): void {
    const seconds = Math.floor(ms / 1000);
    this.#two(Math.floor(seconds / 3600));
    this.byte(58);
    this.#two(Math.floor(seconds / 60) % 60);
    this.byte(58);
    this.#two(seconds % 60);
    const rest = ms - seconds * 1000;
    if (rest !== 0) {
      this.byte(DOT);
      this.byte(ZERO + Math.floor(rest / 100));
      this.#two(rest % 100);
    }
    this.byte(90);
  }

  #two(value: number): void {
    this.#bytes[this.#at++] = ZERO + ((value / 10) | 0);
    this.#bytes[this.#at++] = ZERO + (value % 10);
  }

  /**
   * NaN is an absent cell: nothing between its commas. `decimals` is how many the column needed so far, the best
   * guess for its next value; the number this value was tried with comes back.
   */
  number(value: number, decimals: number): number {
    if (Number.isNaN(value)) return decimals;
    const size = value < 0 ? -value : value;
    let tried = decimals;
    let scaled = Math.round(size * (POWERS[tried] as number));
    while (scaled / (POWERS[tried] as number) !== size && scaled < EXACT && tried < POWERS.length - 1) {
      scaled = Math.round(size * (POWERS[++tried] as number));
    }
    if (scaled < EXACT && scaled / (POWERS[tried] as number) === size) {
      if (value < 0) this.byte(MINUS);
      this.#fixed(scaled, tried);
      return tried;
    }
    const text = formatDecimal(value);
    this.room(text.length + 512);
    this.ascii(text);
    return decimals;
  }

  /** A whole number over a power of ten, its trailing zeros dropped: the shortest spelling there is. */
  #fixed(whole: number, power: number): void {
    let scaled = whole;
    let decimals = power;
    while (decimals > 0 && scaled % 10 === 0) {
      scaled /= 10;
      decimals--;
    }
    let width = decimals + 1;
    for (let limit = 10 ** width; scaled >= limit; limit *= 10) width++;
    const end = this.#at + width + (decimals > 0 ? 1 : 0);
    let at = end;
    let left = scaled;
    for (let digit = 0; digit < width; digit++) {
      if (digit === decimals && decimals > 0) this.#bytes[--at] = DOT;
      // 32-bit arithmetic as soon as the rest fits it: twice as fast, and most prices do from the start.
      const tenth = left < 2147483648 ? ((left | 0) / 10) | 0 : Math.floor(left / 10);
      this.#bytes[--at] = ZERO + (left - tenth * 10);
      left = tenth;
    }
    this.#at = end;
  }

  taken(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }
}
