import { type Bars, barsWithin } from '../../market/bars.js';
import { periodRange } from '../../market/block.js';
import { intersect, type Range, yearOf, yearRange } from '../../market/range.js';
import type { Damage, Series, YearInfo } from '../../store/face.js';
import type { Stock } from '../coverage/find-absent.js';
import { findFetched } from '../coverage/find-fetched.js';
import type { Cause } from './cause.js';

/** How much of the series had to be read to judge it. */
export interface ReadCount {
  readonly blocks: number;
  readonly blocksRead: number;
  readonly rowsRead: number;
}

/** A series to be judged: what its sidecars say, and its rows where they do not do. Damage is collected, never thrown. */
export interface SeriesStock extends Stock {
  /** Of ticks: what its sidecars say was fetched. */
  readonly fetched: () => readonly Range[];
  readonly damaged: readonly Cause[];
  /** Faults of a file that lose no row. */
  readonly faults: readonly Damage[];
  readonly count: () => ReadCount;
}

export interface StockOptions {
  /** Reads every row, and hands them on a block at a time. */
  readonly onBars?: ((bars: Bars) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export function openStock(series: Series, years: readonly YearInfo[], options: StockOptions): SeriesStock {
  const { onBars, signal } = options;
  const columns = onBars === undefined ? ['timestamp'] : undefined;
  const sound = new Map(years.flatMap((year) => (year.state === 'sound' ? [[year.year, year] as const] : [])));
  const unsound = new Map(years.filter(({ state }) => state !== 'sound').map((year) => [year.year, year]));
  const blocks = [...sound.values()].flatMap(({ sidecar }) => sidecar?.blocks ?? []).map(timed);
  const damaged: Cause[] = [];
  const faults: Damage[] = [];
  let whole: { readonly year: number; readonly bars: Bars } | undefined;
  let rowsRead = 0;
  let blocksRead = 0;

  function note(damage: Damage): void {
    const { year, period, reason, unreadable } = damage;
    const told = faults.some((each) => each.year === year && each.reason === reason);
    if ((period === undefined || unreadable !== undefined) && !told) faults.push(damage);
    const range = rangeOf(damage, years);
    if (range === undefined || damaged.some(({ start }) => start === range.start)) return;
    damaged.push({ ...range, kind: 'damaged', reason: describe(damage, years) });
  }

  async function readWhole(year: number): Promise<Bars> {
    if (whole?.year === year) return whole.bars;
    const bars = await series.read({ ...yearRange(year), ...(columns && { columns }), onDamage: note });
    rowsRead += bars.time.length;
    blocksRead += sizeOf(unsound.get(year));
    whole = { year, bars };
    return bars;
  }

  async function readPart(range: Range): Promise<Bars> {
    const year = yearOf(range.start);
    if (unsound.has(year)) return barsWithin(await readWhole(year), range);
    const bars = await series.read({ ...range, ...(columns && { columns }), onDamage: note });
    rowsRead += bars.time.length;
    if (bars.time.length > 0) blocksRead++;
    return bars;
  }

  return {
    blocks,
    fetched: () => findFetched(blocks, [...sound.values()]),
    damaged,
    faults,
    count: () => ({ blocks: blocks.length + sum([...unsound.values()].map(sizeOf)), blocksRead, rowsRead }),
    doubts: (range) => {
      const year = yearOf(range.start);
      return unsound.has(year) || (onBars !== undefined && sound.has(year));
    },
    async readTimes(range) {
      signal?.throwIfAborted();
      const bars = await readPart(range);
      onBars?.(bars);
      return bars.time;
    },
  };
}

/** A file without an index is one block. */
const sizeOf = (year: YearInfo | undefined): number => year?.sidecar?.blocks.length ?? 1;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

const timed = ({ period, rows, first, last }: { period: string; rows: number; first: string; last: string }) => ({
  period,
  rows,
  first: Date.parse(first),
  last: Date.parse(last),
});

/** What was lost: what lay between a block's first row and its last, or a year of which nothing is known. */
function rangeOf({ year, period, unreadable }: Damage, years: readonly YearInfo[]): Range | undefined {
  const info = years.find((each) => each.year === year);
  const lost = info?.sidecar === undefined || unreadable !== undefined;
  if (period === undefined) return lost ? yearRange(year) : undefined;
  const block = info?.sidecar?.blocks.find((each) => each.period === period);
  if (block === undefined) return intersect(periodRange(period), yearRange(year));
  return { start: Date.parse(block.first), end: Date.parse(block.last) + 1 };
}

function describe({ year, period, reason, unreadable }: Damage, years: readonly YearInfo[]): string {
  if (unreadable !== undefined) return reason;
  const block = years.find((each) => each.year === year)?.sidecar?.blocks.find((each) => each.period === period);
  const rows = block === undefined ? '' : ` of ${block.rows} rows`;
  return `${period === undefined ? `file ${year}` : `block ${period}`}${rows} is damaged: ${reason}`;
}
