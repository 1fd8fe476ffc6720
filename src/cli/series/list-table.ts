import { formatInstant } from '../../market/instant.js';
import { formatBytes, formatCount, formatMoment, formatShare } from '../terminal/format.js';
import { type Column, renderTable } from '../terminal/table.js';
import type { Terminal } from '../terminal/terminal.js';

/** A series with its totals, and how much of it is there. */
export interface ListedSeries {
  readonly symbol: string;
  readonly timeframe: string;
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly years: readonly number[];
  readonly rows: number;
  readonly bytes: number;
  readonly providers: readonly string[];
  readonly unproved: readonly number[];
  readonly newer: readonly number[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  readonly coverage: { readonly expected: number; readonly missing: number } | undefined;
}

const COLUMNS: readonly Column[] = [
  { title: 'SYMBOL', shrinkTo: 10 },
  { title: 'INTERVAL' },
  { title: 'FROM', drop: 1 },
  { title: 'TO' },
  { title: 'ROWS', align: 'right' },
  { title: 'COVERED', align: 'right' },
  { title: 'SIZE', align: 'right', drop: 3 },
  { title: 'FROM WHOM', shrinkTo: 9, drop: 2 },
];

export function renderSeries(series: readonly ListedSeries[], terminal: Terminal): string[] {
  const seen = series.map((each) => [
    each.symbol,
    each.timeframe,
    each.first === undefined ? '' : formatMoment(each.first).slice(0, 10),
    each.last === undefined ? '' : formatMoment(each.last),
    formatCount(each.rows),
    formatShare(shareOf(each)),
    formatBytes(each.bytes),
    each.providers.join(', '),
  ]);
  const plain = series.map((each) => [
    each.symbol,
    each.timeframe,
    each.first === undefined ? '' : formatInstant(each.first),
    each.last === undefined ? '' : formatInstant(each.last),
    `${each.rows}`,
    plainShare(shareOf(each)),
    `${each.bytes}`,
    each.providers.join(','),
  ]);
  return renderTable(COLUMNS, seen, terminal, plain);
}

/** A program gets six places, and 1 of nothing less than all. */
function plainShare(share: number | undefined): string {
  return share === undefined ? '' : String(Math.floor(share * 1e6) / 1e6);
}

/** The same as a program reads it. */
export function documentSeries({ symbol, timeframe, first, last, years, coverage, ...each }: ListedSeries) {
  return {
    ...{ symbol, interval: timeframe },
    from: first === undefined ? null : formatInstant(first),
    to: last === undefined ? null : formatInstant(last),
    years,
    rows: each.rows,
    coverage: coverage ?? null,
    bytes: each.bytes,
    providers: each.providers,
    unproved: each.unproved,
    newer: each.newer,
    unreadable: each.unreadable.map(({ path, reason }) => ({ path, reason })),
  };
}

/** How much of what should be there is there or explained, 1 where nothing is missing; undefined where nobody knows. */
function shareOf({ coverage }: ListedSeries): number | undefined {
  if (coverage === undefined) return undefined;
  const { expected, missing } = coverage;
  return expected === 0 ? 1 : (expected - missing) / expected;
}
