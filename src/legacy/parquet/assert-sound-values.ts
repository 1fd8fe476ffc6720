/** Encodings of pages, by their numbers. */
const PLAIN_DICTIONARY = 2;
const DELTA_BINARY = 5;
const DELTA_LENGTHS = 6;
const DELTA_TEXTS = 7;
const RLE_DICTIONARY = 8;
/** A block of differences is 128 or 2048 in what is written today. */
const MOST_DELTAS = 1 << 16;
/** A run of single values is written in eights, and some writers fill a whole run up. */
const PADDING = 1 << 12;

/**
 * Holds the runs of a page's values against their number: hyparquet repeats a value as often as a run says, past
 * the page's end and until the memory is gone.
 */
export function assertSoundValues(bytes: Uint8Array, encoding: number, count: number): void {
  if (encoding === PLAIN_DICTIONARY || encoding === RLE_DICTIONARY) {
    const width = bytes[0] ?? 0;
    if (width > 32) throw new Error('a page has indexes that are too wide');
    assertSoundRuns(bytes.subarray(1), width, count);
  } else if (encoding === DELTA_BINARY || encoding === DELTA_LENGTHS) {
    const [block, next] = readVarint(bytes, 0);
    const [parts] = readVarint(bytes, next);
    if (!(block > 0 && block <= MOST_DELTAS && parts > 0 && parts <= block))
      throw new Error('a page has differences in impossible blocks');
  } else if (encoding === DELTA_TEXTS) throw new Error('its texts are packed as DELTA_BYTE_ARRAY, which is not read');
}

function assertSoundRuns(bytes: Uint8Array, width: number, count: number): void {
  for (const _ of walkRuns(bytes, width, count));
}

/** How many values are there, by their levels: those of one bit that columns with absent values have. */
export function countPresent(bytes: Uint8Array, count: number): number {
  let present = 0;
  for (const { at, seen, run, single } of walkRuns(bytes, 1, count)) {
    const rows = Math.min(run, count - seen);
    if (!single) present += (bytes[at] ?? 0) === 1 ? rows : 0;
    else for (let row = 0; row < rows; row++) present += ((bytes[at + (row >> 3)] ?? 0) >> (row & 7)) & 1;
  }
  return present;
}

/** Runs may end early: hyparquet notices that itself. */
function* walkRuns(bytes: Uint8Array, width: number, count: number) {
  const each = Math.ceil(width / 8);
  for (let at = 0, seen = 0; seen < count && at < bytes.length; ) {
    const [head, next] = readVarint(bytes, at);
    const single = head % 2 === 1;
    const run = single ? ((head - 1) / 2) * 8 : head / 2;
    if (run > count - seen + (single ? PADDING : 0)) throw new Error('a run has more values than its page');
    yield { at: next, seen, run, single };
    at = next + (single ? (run * width) / 8 : each);
    seen += run;
  }
}

function readVarint(bytes: Uint8Array, at: number): [number, number] {
  let value = 0;
  for (let scale = 1; scale < 2 ** 35; scale *= 128) {
    const byte = bytes[at++] ?? 0;
    value += (byte & 127) * scale;
    if (byte < 128) return [value, at];
  }
  throw new Error('a run has an impossible length');
}
