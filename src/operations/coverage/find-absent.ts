import { blockRange, blockSpan, splitByBlock } from '../../market/block.js';
import { type Expectation, expectedCount, expectedOpens } from '../../market/expected.js';
import type { Range } from '../../market/range.js';
import type { Coverage } from '../../store/face.js';
import { type Absent, joinAbsent, spanOf } from './absent.js';

/** What there is to look at: counts of blocks, and the time stamps of a range where counts do not do. */
export interface Stock {
  readonly blocks: Coverage['blocks'];
  /** The opens stored in a range, ascending. */
  readonly readTimes: (range: Range) => Promise<Float64Array>;
  /** No count of this range is believed: its time stamps are read. */
  readonly doubts?: (range: Range) => boolean;
}

/** A block, or what of it the range has. */
export interface PartCount {
  readonly range: Range;
  readonly expected: number;
  readonly absent: number;
}

export interface Found {
  readonly parts: readonly PartCount[];
  /** Ascending; one that goes on across a closure is one. */
  readonly absent: readonly Absent[];
}

/**
 * Which bars of a range are not there. Block counts prove most months complete without opening them; only a block
 * whose count does not fit, or that the range cuts, has its time stamps read.
 */
export async function findAbsent(stock: Stock, expectation: Expectation, range: Range): Promise<Found> {
  const parts: PartCount[] = [];
  const absent: Absent[] = [];
  const span = blockSpan(expectation.timeframe);
  let at = 0;
  for (const part of splitByBlock(span, range)) {
    const { end } = blockRange(span, part.start);
    while (at < stock.blocks.length && (stock.blocks[at]?.last as number) < part.start) at++;
    const there: Coverage['blocks'][number][] = [];
    for (let i = at; i < stock.blocks.length && (stock.blocks[i]?.first as number) < end; i++)
      there.push(stock.blocks[i] as (typeof there)[number]);
    const expected = expectedCount(expectation, part) as number;
    const doubted = stock.doubts?.(part) === true;
    if (expected === 0 && !doubted) continue;
    if (!doubted && isProved(there, part, expected)) {
      parts.push({ range: part, expected, absent: 0 });
      continue;
    }
    const times = there.length === 0 && !doubted ? NOTHING : await stock.readTimes(part);
    const found = times.length === 0 ? allOf(expectation, part) : compare(expectedOpens(expectation, part), times);
    parts.push({ range: part, expected, absent: found.reduce((sum, { bars }) => sum + bars, 0) });
    for (const run of found) joinAbsent(absent, run, expectation);
  }
  return { parts, absent };
}

const NOTHING = new Float64Array(0);

/** All rows of the one block lie inside, and they are as many as should be. */
function isProved(there: Coverage['blocks'], part: Range, expected: number): boolean {
  const [only] = there;
  if (only === undefined || there.length > 1 || only.rows !== expected) return false;
  return only.first >= part.start && only.last < part.end;
}

function allOf(expectation: Expectation, part: Range): readonly Absent[] {
  const all = spanOf(expectation, part);
  return all === undefined ? [] : [all];
}

function compare(expected: Float64Array, present: Float64Array): readonly Absent[] {
  const runs: Absent[] = [];
  let run: { start: number; last: number; bars: number } | undefined;
  let at = 0;
  for (let i = 0; i < expected.length; i++) {
    const open = expected[i] as number;
    while (at < present.length && (present[at] as number) < open) at++;
    if (present[at] === open) run = undefined;
    else if (run === undefined) {
      run = { start: open, last: open, bars: 1 };
      runs.push(run);
    } else {
      run.last = open;
      run.bars++;
    }
  }
  return runs;
}
