import type { Bars } from '../../market/bars.js';
import { formatDecimal } from '../../market/decimal.js';
import { DAY } from '../../market/timeframe.js';
import { putNumber } from './write-number.js';

const NEWLINE = 10;
const COMMA = 44;
const DOT = 46;
const ZERO = 48;
const COLON = 58;
const ZULU = 90;
const MINUTE = 60_000;
/** `2024-01-31T` */
const DATE_LENGTH = 11;
/** A time stamp of at most 24 bytes, then 27 for a usual number; the buffer grows for the rest. */
const TYPICAL_CELL = 12;
const LONGEST_USUAL_CELL = 32;
const LONGEST_CELL = 512;

export function headerText(columns: readonly string[]): Uint8Array {
  return new TextEncoder().encode(`timestamp,${columns.join(',')}\n`);
}

/**
 * Rows as the year-file spells them. Digits go straight into bytes, by arithmetic on local variables: a string a cell
 * would cost ten times as much, and so it is the one place where a year's half a million rows are felt.
 */
export function writeText({ time, values }: Bars): Uint8Array {
  const rowRoom = 32 + values.length * LONGEST_USUAL_CELL;
  const decimals = new Uint8Array(values.length).fill(2);
  let bytes = new Uint8Array(time.length * (25 + values.length * TYPICAL_CELL) + 1024);
  let at = 0;
  let day = Number.NaN;
  let date = new Uint8Array(0);
  for (let row = 0; row < time.length; row++) {
    if (at + rowRoom > bytes.length) bytes = enlarge(bytes, at, rowRoom);
    const instant = time[row] as number;
    if (!(instant >= day && instant < day + DAY)) {
      day = Math.floor(instant / DAY) * DAY;
      date = new TextEncoder().encode(new Date(day).toISOString().slice(0, DATE_LENGTH));
    }
    for (let i = 0; i < DATE_LENGTH; i++) bytes[at + i] = date[i] as number;
    at = putClock(bytes, at + DATE_LENGTH, instant - day);
    for (let c = 0; c < values.length; c++) {
      bytes[at++] = COMMA;
      const value = (values[c] as Float64Array)[row] as number;
      const end = putNumber(bytes, at, value, decimals, c);
      if (end >= 0) at = end;
      else {
        if (at + LONGEST_CELL + rowRoom > bytes.length) bytes = enlarge(bytes, at, LONGEST_CELL + rowRoom);
        at = putAscii(bytes, at, formatDecimal(value));
      }
    }
    bytes[at++] = NEWLINE;
  }
  return bytes.subarray(0, at);
}

function enlarge(bytes: Uint8Array<ArrayBuffer>, used: number, wanted: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array((bytes.length + wanted) * 2);
  larger.set(bytes.subarray(0, used));
  return larger;
}

/** `HH:MM:SSZ`, or with milliseconds where they are not zero. */
function putClock(bytes: Uint8Array, at: number, ms: number): number {
  const minutes = Math.floor(ms / MINUTE) | 0;
  const rest = (ms - minutes * MINUTE) | 0;
  const hours = (minutes / 60) | 0;
  const seconds = (rest / 1000) | 0;
  putPair(bytes, at, hours);
  bytes[at + 2] = COLON;
  putPair(bytes, at + 3, minutes - hours * 60);
  bytes[at + 5] = COLON;
  putPair(bytes, at + 6, seconds);
  let end = at + 8;
  const fraction = rest - seconds * 1000;
  if (fraction !== 0) {
    const hundreds = (fraction / 100) | 0;
    bytes[end] = DOT;
    bytes[end + 1] = ZERO + hundreds;
    putPair(bytes, end + 2, fraction - hundreds * 100);
    end += 4;
  }
  bytes[end] = ZULU;
  return end + 1;
}

function putPair(bytes: Uint8Array, at: number, value: number): void {
  const tens = (value / 10) | 0;
  bytes[at] = ZERO + tens;
  bytes[at + 1] = ZERO + value - tens * 10;
}

function putAscii(bytes: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
  return at + text.length;
}
