import { type Bars, barsWithin, OHLCV, selectColumns, sliceRows } from '../../market/bars.js';
import type { Range } from '../../market/range.js';
import { allocate } from '../codec/parse-text.js';
import type { Damage } from '../face.js';
import type { BlockEntry } from '../sidecar/sidecar.js';
import { BlockError } from './block.js';
import { inBackground } from './in-background.js';
import { type BlockText, parseInto, parseWhole, type YearReader } from './read-year.js';

/** Blocks in flight: enough to keep libuv's four threads inflating while the main thread parses. */
const AHEAD = 5;

export interface ReadRequest {
  readonly range: Range;
  /** Undefined: every column any of the years has. */
  readonly columns: readonly string[] | undefined;
  readonly onDamage: (damage: Damage) => void;
}

/** All rows of the range in columns that are made once, at their final size. */
export async function readColumns(years: readonly YearReader[], request: ReadRequest): Promise<Bars> {
  const wanted = request.columns ?? unionOf(years);
  const most = years.reduce((sum, year) => sum + (year.unindexed?.time.length ?? 0) + rowsOf(year.blocks), 0);
  const bars = allocate(wanted, most);
  let rows = 0;
  for (const year of years) {
    if (year.unindexed !== undefined) rows += place(bars, selectColumns(year.unindexed, wanted), rows);
    const lacks = wanted.some((name) => !year.columns.includes(name));
    for await (const block of inFlight(year)) {
      const read = proved(block, year, request, () => {
        if (!('entry' in block)) return 0;
        if (lacks) return place(bars, parseWhole(block, year.columns, wanted), rows);
        parseInto(block, year.columns, bars, rows);
        return block.entry.rows;
      });
      rows += read;
    }
  }
  return barsWithin(sliceRows(bars, 0, rows), request.range);
}

/** The same, a block at a time. */
export async function* readBatches(
  years: AsyncIterable<YearReader> | Iterable<YearReader>,
  request: ReadRequest & { readonly columns: readonly string[] },
): AsyncGenerator<Bars> {
  for await (const year of years) {
    if (year.unindexed !== undefined) yield selectColumns(year.unindexed, request.columns);
    for await (const block of inFlight(year)) {
      let bars: Bars | undefined;
      proved(block, year, request, () => {
        if ('entry' in block) bars = barsWithin(parseWhole(block, year.columns, request.columns), request.range);
        return 0;
      });
      if (bars !== undefined && bars.time.length > 0) yield bars;
    }
  }
}

export function unionOf(years: readonly { readonly columns: readonly string[] }[]): readonly string[] {
  const names = [...new Set(years.flatMap((year) => year.columns))];
  return names.length === 0 ? OHLCV : names;
}

async function* inFlight(year: YearReader): AsyncGenerator<BlockText> {
  const started: Promise<BlockText>[] = [];
  let next = 0;
  try {
    while (next < year.blocks.length || started.length > 0) {
      while (next < year.blocks.length && started.length < AHEAD)
        started.push(inBackground(year.text(year.blocks[next++] as BlockEntry)));
      yield await (started.shift() as Promise<BlockText>);
    }
  } finally {
    await Promise.allSettled(started);
  }
}

function proved(block: BlockText, year: YearReader, request: ReadRequest, parse: () => number): number {
  if ('damage' in block) {
    request.onDamage(block.damage);
    return 0;
  }
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof BlockError)) throw error;
    request.onDamage({ year: year.year, period: block.entry.period, reason: error.message });
    return 0;
  }
}

function place(into: Bars, rows: Bars, at: number): number {
  into.time.set(rows.time, at);
  for (const [c, value] of into.values.entries()) value.set(rows.values[c] as Float64Array, at);
  return rows.time.length;
}

function rowsOf(blocks: readonly BlockEntry[]): number {
  return blocks.reduce((sum, block) => sum + block.rows, 0);
}
