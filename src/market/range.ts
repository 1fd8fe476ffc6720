/** Milliseconds since the epoch, half-open: `start` is inside, `end` is not. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export function isEmpty(range: Range): boolean {
  return !(range.start < range.end);
}

export function intersect(a: Range, b: Range): Range | undefined {
  const range = { start: Math.max(a.start, b.start), end: Math.min(a.end, b.end) };
  return isEmpty(range) ? undefined : range;
}

/** The same instants as few ranges as possible, ascending. */
export function mergeRanges(ranges: readonly Range[]): Range[] {
  const sorted = ranges.filter((range) => !isEmpty(range)).sort((a, b) => a.start - b.start);
  const merged: Range[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && range.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else merged.push(range);
  }
  return merged;
}

/** What of `whole` no range in `parts` covers, ascending. */
export function subtractRanges(whole: Range, parts: readonly Range[]): Range[] {
  return leftOf(whole, mergeRanges(parts), 0);
}

/**
 * For each of `wholes`, in their order, what no range in `parts` covers. The parts are merged once and swept once:
 * thousands of holes held against thousands of notes are no millions of comparisons.
 */
export function subtractAll(wholes: readonly Range[], parts: readonly Range[]): Range[][] {
  const merged = mergeRanges(parts);
  const left: Range[][] = new Array(wholes.length);
  let from = 0;
  for (const [i, whole] of [...wholes.entries()].sort(([, a], [, b]) => a.start - b.start)) {
    while (from < merged.length && (merged[from] as Range).end <= whole.start) from++;
    left[i] = leftOf(whole, merged, from);
  }
  return left;
}

/** The parts are merged, and none before `from` reaches into the whole. */
function leftOf(whole: Range, parts: readonly Range[], from: number): Range[] {
  const left: Range[] = [];
  let at = whole.start;
  for (let i = from; i < parts.length; i++) {
    const part = parts[i] as Range;
    if (part.start >= whole.end) break;
    if (part.start > at) left.push({ start: at, end: part.start });
    at = Math.max(at, part.end);
  }
  if (at < whole.end) left.push({ start: at, end: whole.end });
  return left;
}

export function yearOf(instant: number): number {
  return new Date(instant).getUTCFullYear();
}

/** [1 January, next 1 January) UTC. */
export function yearRange(year: number): Range {
  return { start: startOfMonth(year, 0), end: startOfMonth(year + 1, 0) };
}

/** Date.UTC reads years 0-99 as 1900-1999; the store never holds those, and this keeps anybody from finding out. */
export function startOfMonth(year: number, monthIndex: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, monthIndex, 1);
  return date.getTime();
}

export function splitByYear(range: Range): { readonly year: number; readonly range: Range }[] {
  const pieces: { year: number; range: Range }[] = [];
  for (let at = range.start; at < range.end; ) {
    const year = yearOf(at);
    const end = Math.min(yearRange(year).end, range.end);
    pieces.push({ year, range: { start: at, end } });
    at = end;
  }
  return pieces;
}
