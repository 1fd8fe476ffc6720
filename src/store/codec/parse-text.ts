import type { Bars } from '../../market/bars.js';
import { parseDecimal } from '../../market/decimal.js';
import { DAY } from '../../market/timeframe.js';

const NEWLINE = 10;
const COMMA = 44;
const DOT = 46;
const COLON = 58;
const ZERO = 48;
/** `2024-01-01T00:00:00` */
const STAMP = 19;
/** A mantissa below 2^53 over a power of ten up to 10^22 divides to the correctly rounded double. */
const EXACT = 2 ** 53;
const POWERS = Float64Array.from({ length: 23 }, (_, power) => 10 ** power);

/** The text cannot be a year-file's: which row, and what about it. */
export class TextError extends Error {
  override readonly name = 'TextError';
}

export interface ParseRequest {
  /** Every value column of the file, in order. */
  readonly columns: readonly string[];
  /** Those wanted; others are stepped over. */
  readonly wanted: readonly string[];
  /** Known from the block index; a wrong number is an error, so the columns are made once at the right size. */
  readonly rows: number;
}

/** Columns to be filled, block after block, at `offset`. */
export interface Target {
  readonly time: Float64Array;
  readonly values: readonly Float64Array[];
  readonly offset: number;
}

export function allocate(columns: readonly string[], rows: number): Bars {
  return { time: new Float64Array(rows), columns, values: columns.map(() => new Float64Array(rows)) };
}

export function countRows(text: Uint8Array): number {
  let rows = 0;
  for (let at = text.indexOf(NEWLINE); at >= 0; at = text.indexOf(NEWLINE, at + 1)) rows++;
  return rows;
}

/**
 * Bytes to doubles, without a string or a row object on the way: the one hot loop of reading. It takes nothing but
 * the store's own spelling: what another hand wrote goes through import.
 */
export function parseText(text: Uint8Array, request: ParseRequest, into: Target): void {
  const { time, offset } = into;
  const sinks = request.columns.map((name) => {
    const index = request.wanted.indexOf(name);
    return index < 0 ? undefined : (into.values[index] as Float64Array);
  });
  const cells = sinks.length;
  const length = text.length;
  const end = offset + request.rows;
  // Every loop below stops at a line feed, so one at the very end keeps them all inside the text.
  if (length > 0 && text[length - 1] !== NEWLINE) throw new TextError('the last line is cut');
  let at = 0;
  let day = Number.NaN;
  let dayBytes = -1;
  let yearDigit = -1;
  let previous = Number.NEGATIVE_INFINITY;
  for (let row = offset; row < end; row++) {
    if (at + STAMP >= length) throw new TextError(`row ${row - offset + 1}: the text ends too early`);
    // The date is read only where it differs from the last row's: its month and day, as one number, tell, and the
    // last digit of its year.
    const mark =
      (((text[at + 5] as number) * 256 + (text[at + 6] as number)) * 256 + (text[at + 8] as number)) * 256 +
      (text[at + 9] as number);
    if (mark !== dayBytes || text[at + 3] !== yearDigit) {
      day = parseDay(text, at, row - offset);
      dayBytes = mark;
      yearDigit = text[at + 3] as number;
    }
    const h = ((text[at + 11] as number) - ZERO) * 10 + ((text[at + 12] as number) - ZERO);
    const m = ((text[at + 14] as number) - ZERO) * 10 + ((text[at + 15] as number) - ZERO);
    const s = ((text[at + 17] as number) - ZERO) * 10 + ((text[at + 18] as number) - ZERO);
    let instant = day + (h * 3600 + m * 60 + s) * 1000;
    if (text[at + 13] !== COLON || text[at + 16] !== COLON || !(h >= 0 && m >= 0 && m < 60 && s >= 0 && s < 60)) {
      throw new TextError(`row ${row - offset + 1}: not a time of day`);
    }
    at += STAMP;
    if (text[at] === DOT) {
      instant += parseMilliseconds(text, at + 1, row - offset);
      at += 4;
    }
    if (text[at] !== 90 || !(instant > previous) || instant - day >= DAY)
      throw new TextError(`row ${row - offset + 1}: a time stamp that does not follow the one before it`);
    at++;
    time[row] = instant;
    previous = instant;
    for (let cell = 0; cell < cells; cell++) {
      if (text[at] !== COMMA) throw new TextError(`row ${row - offset + 1}: ${cells} values are expected`);
      const from = ++at;
      const sink = sinks[cell];
      if (sink === undefined) {
        while (text[at] !== COMMA && text[at] !== NEWLINE) at++;
        continue;
      }
      // Up to nine digits are one 32-bit integer over a power of ten: no double is touched before the division.
      let mantissa = 0;
      let digit = (text[at] as number) - ZERO;
      while (digit >>> 0 <= 9) {
        mantissa = (Math.imul(mantissa, 10) + digit) | 0;
        digit = (text[++at] as number) - ZERO;
      }
      let decimals = 0;
      let points = 0;
      if (digit === DOT - ZERO) {
        const point = at;
        points = 1;
        digit = (text[++at] as number) - ZERO;
        while (digit >>> 0 <= 9) {
          mantissa = (Math.imul(mantissa, 10) + digit) | 0;
          digit = (text[++at] as number) - ZERO;
        }
        decimals = at - point - 1;
      }
      const ended = digit === COMMA - ZERO || digit === NEWLINE - ZERO;
      const digits = at - from - points;
      if (ended && digits > 0 && digits <= 9) sink[row] = mantissa / (POWERS[decimals] as number);
      else {
        while (text[at] !== COMMA && text[at] !== NEWLINE) at++;
        sink[row] = at === from ? Number.NaN : long(text, from, at, row - offset);
      }
    }
    if (text[at] !== NEWLINE) throw new TextError(`row ${row - offset + 1}: more than ${cells} values`);
    at++;
  }
  if (at !== length) throw new TextError(`${request.rows} rows were announced and more are there`);
}

function parseDay(text: Uint8Array, at: number, row: number): number {
  const date = latin(text, at, at + 10);
  const day = Date.parse(`${date}T00:00:00Z`);
  // 30 February parses as 1 March, so a date must also be spelled back as it was read.
  const real = !Number.isNaN(day) && new Date(day).toISOString().startsWith(date);
  if (!real || text[at + 10] !== 84) throw new TextError(`row ${row + 1}: ${JSON.stringify(date)} is not a date`);
  return day;
}

function parseMilliseconds(text: Uint8Array, at: number, row: number): number {
  const digits = latin(text, at, at + 3);
  if (!/^\d{3}$/.test(digits)) throw new TextError(`row ${row + 1}: ${JSON.stringify(digits)} are not milliseconds`);
  return Number(digits);
}

/** More than nine digits, a sign, an exponent, or no number at all. */
function long(text: Uint8Array, from: number, to: number, row: number): number {
  let mantissa = 0;
  let point = to;
  for (let at = from; at < to; at++) {
    const digit = (text[at] as number) - ZERO;
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
    else if (digit === DOT - ZERO && point === to && to - from > 1) point = at;
    else return spelled(text, from, to, row);
  }
  const decimals = point === to ? 0 : to - point - 1;
  if (mantissa >= EXACT || decimals > 22) return spelled(text, from, to, row);
  return mantissa / (POWERS[decimals] as number);
}

function spelled(text: Uint8Array, from: number, to: number, row: number): number {
  const cell = latin(text, from, to);
  const value = parseDecimal(cell);
  if (value === undefined) throw new TextError(`row ${row + 1}: ${JSON.stringify(cell)} is not a number`);
  return value;
}

function latin(text: Uint8Array, from: number, to: number): string {
  return Buffer.from(text.buffer, text.byteOffset + from, to - from).toString('latin1');
}
