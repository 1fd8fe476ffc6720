import type { Bars } from 'almanac/provider';
import { barsOf, makeSheet, type Sheet } from './kline-sheet.js';
import { KlineTextError, parseKlines } from './parse-klines.js';

const NEWLINE = 10;
/** Rows of a batch: 4 MB of columns, so that a month of seconds never stands whole. */
const BATCH = 50_000;
const SHORTEST_ROW = 60;
const LONGEST_LINE = 4096;
const HEADER =
  'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';

export interface KlineText {
  readonly pieces: AsyncIterable<Uint8Array>;
  /** Of all pieces together, as far as is known: small files get small batches. */
  readonly size: number;
  /** Bars that have not closed before then are left out. */
  readonly now: number;
}

/** A file's rows in batches, as its text arrives. */
export async function* readKlines({ pieces, size, now }: KlineText): AsyncGenerator<Bars> {
  const capacity = Math.min(BATCH, Math.ceil(size / SHORTEST_ROW) + 1);
  let sheet: Sheet = makeSheet(capacity);
  for await (const lines of wholeLines(pieces)) {
    for (let at = 0; at < lines.length; ) {
      at = parseKlines(lines, at, sheet, now);
      if (sheet.rows < capacity) continue;
      yield barsOf(sheet);
      sheet = makeSheet(capacity);
    }
  }
  if (sheet.rows > 0) yield barsOf(sheet);
}

/** The same bytes cut behind line feeds, without the header if there is one, and with a last line feed in any case. */
async function* wholeLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0);
  let first = true;
  for await (const piece of pieces) {
    const text = join(rest, piece);
    const end = text.lastIndexOf(NEWLINE) + 1;
    // A copy: the piece it lies in shall not be kept alive by its last line.
    rest = text.slice(end);
    if (rest.length > LONGEST_LINE) throw new KlineTextError('there is a line without an end');
    if (end === 0) continue;
    yield text.subarray(first ? skipHeader(text) : 0, end);
    first = false;
  }
  if (rest.length === 0) return;
  const text = join(rest, Uint8Array.of(NEWLINE));
  yield first ? text.subarray(skipHeader(text)) : text;
}

/** Newer futures files have a header. Its names decide what the columns mean, so another one is not skipped blindly. */
function skipHeader(text: Uint8Array): number {
  const letter = (text[0] as number) | 0x20;
  if (letter < 97 || letter > 122) return 0;
  const end = text.indexOf(NEWLINE) + 1;
  const header = String.fromCharCode(...text.subarray(0, Math.min(end, 500))).trimEnd();
  if (header !== HEADER) throw new KlineTextError(`its header is ${JSON.stringify(header.slice(0, 200))}`);
  return end;
}

function join(head: Uint8Array, tail: Uint8Array): Uint8Array {
  if (head.length === 0) return tail;
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}
