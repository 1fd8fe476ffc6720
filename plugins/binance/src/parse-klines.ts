import { CELLS, CLOSE_TIME, OPEN_TIME } from './columns.js';
import { parseDecimal } from './decimal.js';
import { readInstant } from './instant.js';
import type { Sheet } from './kline-sheet.js';

const NEWLINE = 10;
const RETURN = 13;
const COMMA = 44;
const DOT = 46;
const ZERO = 48;
/** Cells that are read, each with a comma behind it; what follows the last comma is never looked at. */
const READ = 11;
/** A mantissa below 2^53 over a power of ten up to 10^22 divides to the correctly rounded double. */
const EXACT = 2 ** 53;
const POWERS = Float64Array.from({ length: 23 }, (_, power) => 10 ** power);

/** The text is not a file of klines: what about it. */
export class KlineTextError extends Error {
  override readonly name = 'KlineTextError';
}

/**
 * Bytes to doubles, without a string or an object on the way: the one hot loop of the archive. Reads whole lines from
 * `at` until the text ends or the sheet is full, and returns where it stopped. `text` ends with a line feed, at which
 * every loop here stops. A bar that has not closed before `now` is stepped over.
 */
export function parseKlines(text: Uint8Array, at: number, sheet: Sheet, now: number): number {
  const sinks: (Float64Array | undefined)[] = Array.from({ length: READ });
  for (const [column, cell] of CELLS.entries()) sinks[cell] = sheet.values[column];
  const { time } = sheet;
  while (at < text.length && sheet.rows < sheet.capacity) {
    if (text[at] === NEWLINE || (text[at] === RETURN && text[at + 1] === NEWLINE)) {
      at += text[at] === NEWLINE ? 1 : 2;
      continue;
    }
    const line = at;
    const row = sheet.rows;
    let opens = 0;
    let closes = 0;
    for (let cell = 0; cell < READ; cell++) {
      const from = at;
      let mantissa = 0;
      let digit = (text[at] as number) - ZERO;
      while (digit >>> 0 <= 9) {
        mantissa = mantissa * 10 + digit;
        digit = (text[++at] as number) - ZERO;
      }
      let decimals = 0;
      let points = 0;
      if (digit === DOT - ZERO) {
        points = 1;
        const point = at;
        digit = (text[++at] as number) - ZERO;
        while (digit >>> 0 <= 9) {
          mantissa = mantissa * 10 + digit;
          digit = (text[++at] as number) - ZERO;
        }
        decimals = at - point - 1;
      }
      let value: number;
      if (digit === COMMA - ZERO && at - from > points && mantissa < EXACT && decimals <= 22)
        value = decimals === 0 ? mantissa : mantissa / (POWERS[decimals] as number);
      else {
        while (text[at] !== COMMA && text[at] !== NEWLINE) at++;
        if (text[at] === NEWLINE)
          throw new KlineTextError(`${show(text, line, at)} has ${cell + 1} cells in place of 12`);
        value = at === from ? Number.NaN : spelled(text, from, at, line);
      }
      at++;
      if (cell === OPEN_TIME) opens = value;
      else if (cell === CLOSE_TIME) closes = value;
      else (sinks[cell] as Float64Array)[row] = value;
    }
    while (text[at] !== NEWLINE) at++;
    at++;
    const open = readInstant(opens);
    const close = readInstant(closes);
    if (!(close >= open)) throw new KlineTextError(`${show(text, line, at)} has no open and close times`);
    time[row] = open;
    if (close < now) sheet.rows = row + 1;
  }
  return at;
}

/** Seventeen digits or more, a sign, an exponent, or no number at all. */
function spelled(text: Uint8Array, from: number, to: number, line: number): number {
  const cell = latin(text, from, to);
  const value = parseDecimal(cell);
  if (value === undefined)
    throw new KlineTextError(`${JSON.stringify(cell.slice(0, 40))} is not a number, in ${show(text, line, to)}`);
  return value;
}

function show(text: Uint8Array, from: number, to: number): string {
  const line = latin(text, from, Math.min(to, from + 60)).trimEnd();
  return `the line ${JSON.stringify(to - from > 60 ? `${line}…` : line)}`;
}

function latin(text: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...text.subarray(from, Math.min(to, from + 200)));
}
