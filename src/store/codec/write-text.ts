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
    for (const value of bars.values) {
      sink.byte(COMMA);
      sink.number(value[row] as number);
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

  /** NaN is an absent cell: nothing between its commas. */
  number(value: number): void {
    if (value !== value) return;
    const size = value < 0 ? -value : value;
    for (let decimals = 0; decimals < POWERS.length; decimals++) {
      const scale = POWERS[decimals] as number;
      const scaled = Math.round(size * scale);
      if (scaled >= EXACT) break;
      if (scaled / scale !== size) continue;
      if (value < 0) this.byte(MINUS);
      this.#fixed(scaled, decimals);
      return;
    }
    const text = formatDecimal(value);
    this.room(text.length + 512);
    this.ascii(text);
  }

  #fixed(scaled: number, decimals: number): void {
    let width = decimals + 1;
    for (let limit = 10 ** width; scaled >= limit; limit *= 10) width++;
    const end = this.#at + width + (decimals > 0 ? 1 : 0);
    let at = end;
    let left = scaled;
    for (let digit = 0; digit < width; digit++) {
      if (digit === decimals && decimals > 0) this.#bytes[--at] = DOT;
      const tenth = Math.floor(left / 10);
      this.#bytes[--at] = ZERO + (left - tenth * 10);
      left = tenth;
    }
    this.#at = end;
  }

  taken(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }
}
