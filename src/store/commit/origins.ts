import { type Bars, rowCount } from '../../market/bars.js';
import { formatInstant } from '../../market/instant.js';
import type { Merged } from '../../market/merge.js';
import { MOST_QUIET } from '../../market/quiet.js';
import type { Range } from '../../market/range.js';
import { closeOf, type Timeframe } from '../../market/timeframe.js';
import type { PutProvenance } from '../face.js';
import type { Provenance } from '../sidecar/sidecar.js';

/** For each stored row the index of the provenance range that covers it; -1 where none does. */
export function originsOf(time: Float64Array, ranges: readonly Provenance[]): Int32Array {
  const sorted = ranges
    .map((range, index) => ({ index, start: Date.parse(range.from), end: Date.parse(range.to) }))
    .sort((a, b) => a.start - b.start);
  const origins = new Int32Array(time.length).fill(-1);
  let at = 0;
  for (const [row, instant] of time.entries()) {
    while (at < sorted.length && (sorted[at] as { end: number }).end <= instant) at++;
    const range = sorted[at];
    if (range !== undefined && range.start <= instant) origins[row] = range.index;
  }
  return origins;
}

/** The merged rows' provenance: a range for each run of rows from one origin, covering every row once. */
export function remapOrigins(
  timeframe: Timeframe,
  merged: Merged,
  before: Int32Array,
  ranges: readonly Provenance[],
  incoming: PutProvenance,
): Provenance[] {
  const { time } = merged.bars;
  const INCOMING = -2;
  const existing = existingRows(merged, before);
  const result: Provenance[] = [];
  for (let from = 0; from < time.length; ) {
    const origin = merged.fromIncoming[from] === 1 ? INCOMING : (existing[from] as number);
    let to = from + 1;
    while (to < time.length && (merged.fromIncoming[to] === 1 ? INCOMING : existing[to]) === origin) to++;
    const who: PutProvenance = origin === INCOMING ? incoming : (ranges[origin] ?? UNKNOWN);
    // A row off the grid may open before the one before it has closed: ranges must not overlap even so.
    const end = Math.min(closeOf(timeframe, time[to - 1] as number), time[to] ?? Number.POSITIVE_INFINITY);
    const range = { ...who, from: formatInstant(time[from] as number), to: formatInstant(end), rows: to - from };
    pushRange(timeframe, result, range);
    from = to;
  }
  return result;
}

/** What is replaced by name comes from the new file from then on, rows that are the same as before too. */
export function stampRange(merged: Merged, { start, end }: Range): Merged {
  const { time } = merged.bars;
  const fromIncoming = merged.fromIncoming.map((was, row) => {
    const at = time[row] as number;
    return at >= start && at < end ? 1 : was;
  });
  return { ...merged, fromIncoming };
}

/** The same rows of the same sources. */
export function isSameOrigins(a: readonly Provenance[], b: readonly Provenance[]): boolean {
  return a.length === b.length && a.every((one, i) => one.from === b[i]?.from && isSameSource(one, b[i] as Provenance));
}

/** Provenance of a block that only grew at its end. */
export function appendOrigin(
  timeframe: Timeframe,
  own: readonly Provenance[],
  later: Bars,
  incoming: PutProvenance,
): Provenance[] {
  const result = [...own];
  const from = formatInstant(later.time[0] as number);
  const to = formatInstant(closeOf(timeframe, later.time.at(-1) as number));
  pushRange(timeframe, result, { ...incoming, from, to, rows: rowCount(later) });
  return result;
}

/** Neighbours from one source are one range; whoever lists ranges of a block adds them by this. */
export function pushRange(timeframe: Timeframe, ranges: Provenance[], range: Provenance): void {
  const last = ranges.at(-1);
  if (last !== undefined && isSameSource(last, range) && !isApart(timeframe, last, range))
    ranges[ranges.length - 1] = joinRanges(last, range);
  else ranges.push(range);
}

/** Of ticks nothing but these ranges tells a stretch that nobody fetched from a quiet one. */
function isApart(timeframe: Timeframe, { to }: Provenance, { from }: Provenance): boolean {
  return timeframe === 'ticks' && Date.parse(from) - Date.parse(to) > MOST_QUIET;
}

/** An hourly update would otherwise leave a range an hour: the same source in a row is one, as of its latest visit. */
function isSameSource(a: Provenance, b: Provenance): boolean {
  return (
    a.provider === b.provider &&
    a.via === b.via &&
    a.derived === b.derived &&
    a.checksum === b.checksum &&
    a.etag === b.etag &&
    a.origin === b.origin
  );
}

function joinRanges(a: Provenance, b: Provenance): Provenance {
  const [, fetchedAt] = [a.fetchedAt, b.fetchedAt].sort() as [string, string];
  return { ...a, to: b.to, rows: a.rows + b.rows, fetchedAt };
}

const UNKNOWN: PutProvenance = {
  provider: 'unknown',
  via: 'import',
  fetchedAt: '1970-01-01T00:00:00Z',
  derived: false,
};

/** The origin of each merged row that was there before. */
function existingRows(merged: Merged, before: Int32Array): Int32Array {
  const origins = new Int32Array(merged.fromIncoming.length).fill(-1);
  for (let row = 0; row < origins.length; row++) {
    if (merged.fromIncoming[row] === 0) origins[row] = before[merged.existingRow[row] as number] as number;
  }
  return origins;
}
