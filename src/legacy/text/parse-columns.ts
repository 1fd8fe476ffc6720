import type { Bars } from '../../market/bars.js';
import { parseDecimal } from '../../market/decimal.js';
import type { StampReader } from '../../market/stamps.js';
import { DAY } from '../../market/timeframe.js';
import { LegacyError } from '../reader.js';

/** Which cell of a line is what. */
export interface LinePlan {
  /** Lines before the first row. */
  readonly skip: number;
  /** Cells in a whole line; a line with another number of them is no row, and has no value to read. */
  readonly width: number;
  readonly time: number;
  readonly columns: readonly string[];
  /** The cell of each column; -1 for one that is left empty. */
  readonly cells: readonly number[];
}

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const COMMA = 44;
const DASH = 45;
const DOT = 46;
const ZERO = 48;
const COLON = 58;
/** A batch begins small, because most old files are, and doubles up to a size at which it is yielded. */
const FEWEST_ROWS = 512;
const MOST_ROWS = 32_768;
const MOST_LINE = 1 << 20;
const POWERS = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
const EXACT = 2 ** 53;

/**
 * Lines of other programs as columns, without an object or a string a row where they are plain. What is no number is
 * NaN, and what is no time too: admission names and counts such rows. A last line without an end is a row, unless
 * `onCut` wants to hear of it: its last number may have lost digits, and still be one.
 */
export async function* parseColumns(
  pieces: AsyncIterable<Uint8Array>,
  plan: LinePlan,
  stamps: StampReader,
  onCut?: () => void,
): AsyncGenerator<Bars> {
  const lines = new Lines(plan, stamps);
  let rest: Uint8Array = new Uint8Array(0);
  for await (const piece of pieces) {
    const text = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const end = text.lastIndexOf(NEWLINE) + 1;
    yield* lines.read(text, end);
    rest = text.slice(end);
    if (rest.length > MOST_LINE) throw new LegacyError('UNREADABLE', 'a line of it is longer than any row of bars');
  }
  if (onCut === undefined) yield* lines.read(Buffer.concat([rest, Uint8Array.of(NEWLINE)]), rest.length + 1);
  else if (lines.begun && rest.some((byte) => byte > SPACE)) onCut();
  yield* lines.finish();
}

class Lines {
  #skip: number;
  #rows = 0;
  #time: Float64Array = new Float64Array(FEWEST_ROWS);
  #values: readonly Float64Array[];
  /** Where each cell of the line at hand begins; the one after the last tells where that ends. */
  readonly #starts: Int32Array;

  constructor(
    private readonly plan: LinePlan,
    private readonly stamps: StampReader,
  ) {
    this.#skip = plan.skip;
    this.#values = plan.columns.map(() => new Float64Array(FEWEST_ROWS));
    this.#starts = new Int32Array(plan.width + 1);
  }

  /** What comes next is a row, no header. */
  get begun(): boolean {
    return this.#skip === 0;
  }

  *read(text: Uint8Array, end: number): Generator<Bars> {
    for (let from = 0; from < end; ) {
      let at = from;
      let cells = 0;
      const starts = this.#starts;
      const { width } = this.plan;
      starts[0] = from;
      for (let byte = text[at] as number; byte !== NEWLINE; byte = text[++at] as number) {
        if (byte === COMMA && ++cells <= width) starts[cells] = at + 1;
      }
      const to = at > from && text[at - 1] === RETURN ? at - 1 : at;
      cells++;
      if (cells <= width) starts[cells] = to + 1;
      else if (cells > width) starts[width] = to + 1;
      if (this.#skip > 0) this.#skip--;
      else if (to > from) this.#readRow(text, cells === width);
      from = at + 1;
      if (this.#rows === MOST_ROWS) yield* this.finish();
      else if (this.#rows === this.#time.length) this.#grow();
    }
  }

  *finish(): Generator<Bars> {
    if (this.#rows === 0) return;
    const rows = this.#rows;
    yield {
      time: this.#time.subarray(0, rows),
      columns: this.plan.columns,
      values: this.#values.map((value) => value.subarray(0, rows)),
    };
    this.#rows = 0;
    this.#time = new Float64Array(FEWEST_ROWS);
    this.#values = this.plan.columns.map(() => new Float64Array(FEWEST_ROWS));
  }

  #grow(): void {
    const grown = (from: Float64Array): Float64Array => {
      const to = new Float64Array(from.length * 2);
      to.set(from);
      return to;
    };
    this.#time = grown(this.#time);
    this.#values = this.#values.map(grown);
  }

  #readRow(text: Uint8Array, whole: boolean): void {
    const { time, cells } = this.plan;
    const starts = this.#starts;
    const row = this.#rows++;
    const start = starts[time] as number;
    this.#time[row] = whole ? readStamp(text, start, (starts[time + 1] as number) - 1, this.stamps) : Number.NaN;
    for (let column = 0; column < cells.length; column++) {
      const cell = cells[column] as number;
      const value =
        whole && cell >= 0 ? readNumber(text, starts[cell] as number, (starts[cell + 1] as number) - 1) : Number.NaN;
      (this.#values[column] as Float64Array)[row] = value;
    }
  }
}

/** `2023-01-03 09:30:00` without a string; whatever else a stamp can be through the reader of stamps. */
function readStamp(text: Uint8Array, from: number, to: number, stamps: StampReader): number {
  const length = to - from;
  if ((length === 19 || length === 10) && text[from + 4] === DASH && text[from + 7] === DASH) {
    const year = digits(text, from, 4);
    const month = digits(text, from + 5, 2);
    const day = digits(text, from + 8, 2);
    const midnight = dayOf(year, month, day);
    if (length === 10) {
      if (!Number.isNaN(midnight)) return stamps.place(midnight);
    } else if (text[from + 13] === COLON && text[from + 16] === COLON) {
      const hour = digits(text, from + 11, 2);
      const minute = digits(text, from + 14, 2);
      const second = digits(text, from + 17, 2);
      const split = text[from + 10];
      const clock = hour < 24 && minute < 60 && second < 60 && (split === 32 || split === 84);
      if (clock && !Number.isNaN(midnight)) return stamps.place(midnight + (hour * 3600 + minute * 60 + second) * 1000);
    }
  }
  return stamps.read(cellText(text, from, to)) ?? Number.NaN;
}

/** NaN where one is no digit. */
function digits(text: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at++) {
    const digit = (text[at] as number) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

let lastKey = Number.NaN;
let lastDay = Number.NaN;

/** Rows follow one another: the day before is remembered. NaN where there is no such day. */
function dayOf(year: number, month: number, day: number): number {
  const key = (year * 100 + month) * 100 + day;
  if (key === lastKey) return lastDay;
  const instant = Date.UTC(year, month - 1, day);
  const real = instant % DAY === 0 && new Date(instant).getUTCDate() === day && month >= 1 && month <= 12;
  lastKey = key;
  lastDay = real && year >= 1000 ? instant : Number.NaN;
  return lastDay;
}

/** Up to fifteen digits and a power of ten are both exact doubles, so that their quotient is the nearest one. */
function readNumber(text: Uint8Array, from: number, to: number): number {
  let at = from;
  const negative = text[at] === DASH;
  if (negative) at++;
  const first = at;
  let mantissa = 0;
  let point = -1;
  for (; at < to; at++) {
    const digit = (text[at] as number) - ZERO;
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
    else if (text[at] === DOT && point < 0) point = at;
    else return readSpelled(text, from, to);
  }
  const count = to - first - (point < 0 ? 0 : 1);
  const decimals = point < 0 ? 0 : to - point - 1;
  if (count === 0) return Number.NaN;
  if (mantissa >= EXACT || decimals > 22) return readSpelled(text, from, to);
  const value = mantissa / (POWERS[decimals] as number);
  return negative ? -value : value;
}

function readSpelled(text: Uint8Array, from: number, to: number): number {
  return parseDecimal(cellText(text, from, to)) ?? Number.NaN;
}

function cellText(text: Uint8Array, from: number, to: number): string {
  const cell = Buffer.from(text.buffer, text.byteOffset + from, to - from)
    .toString('latin1')
    .trim();
  return cell.startsWith('"') && cell.endsWith('"') && cell.length > 1 ? cell.slice(1, -1) : cell;
}
