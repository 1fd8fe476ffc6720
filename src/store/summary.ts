import type { Timeframe } from '../market/timeframe.js';
import type { Coverage, SeriesInfo, StoreStats, YearInfo } from './face.js';
import type { Unreadable } from './files/unreadable.js';
import type { Sidecar } from './sidecar/sidecar.js';
import { blocksThere } from './year/blocks-there.js';

/** A series' totals from its sidecars, and from the rows themselves where there is none. */
export function summarise(
  symbol: string,
  timeframe: Timeframe,
  assetClass: string,
  years: readonly YearInfo[],
  unindexed: Coverage['blocks'],
  folder?: Unreadable,
): SeriesInfo {
  const sidecars = years.flatMap((year) => (year.sidecar === undefined ? [] : [totalsOf(year, year.sidecar)]));
  const firsts = sidecars.flatMap((sidecar) => (sidecar.first === undefined ? [] : [Date.parse(sidecar.first)]));
  const lasts = sidecars.flatMap((sidecar) => (sidecar.last === undefined ? [] : [Date.parse(sidecar.last)]));
  const providers = sidecars.flatMap((sidecar) => sidecar.provenance.map((range) => range.provider));
  return {
    symbol,
    timeframe,
    assetClass: sidecars.at(-1)?.assetClass ?? assetClass,
    years: years.map((year) => year.year),
    rows: [...sidecars, ...unindexed].reduce((sum, { rows }) => sum + rows, 0),
    first: earliest([...firsts, ...unindexed.map(({ first }) => first)]),
    last: latest([...lasts, ...unindexed.map(({ last }) => last)]),
    bytes: years.reduce((sum, year) => sum + year.bytes, 0),
    providers: [...new Set(unindexed.length === 0 ? providers : [...providers, NOBODY])].sort(),
    unproved: years.filter(({ state }) => state === 'no-sidecar' || state === 'damaged').map(({ year }) => year),
    newer: years.filter(({ state }) => state === 'newer').map(({ year }) => year),
    unreadable: [...(folder === undefined ? [] : [folder]), ...years.flatMap(({ unreadable }) => unreadable ?? [])],
  };
}

/** A damaged year's are those of the blocks that are left of it. */
function totalsOf(year: YearInfo, sidecar: Sidecar): Sidecar {
  if (year.state !== 'damaged') return sidecar;
  const blocks = blocksThere(year);
  const rows = blocks.reduce((sum, block) => sum + block.rows, 0);
  return { ...sidecar, rows, first: blocks[0]?.first, last: blocks.at(-1)?.last };
}

/** Whose the rows of a year without a sidecar are. */
export const NOBODY = 'unknown';

const earliest = (times: readonly number[]): number | undefined =>
  times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
const latest = (times: readonly number[]): number | undefined =>
  times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b));

export function totalUp(series: readonly SeriesInfo[], rowsByProvider: ReadonlyMap<string, number>): StoreStats {
  const firsts = series.flatMap((one) => (one.first === undefined ? [] : [one.first]));
  const lasts = series.flatMap((one) => (one.last === undefined ? [] : [one.last]));
  const sum = (of: readonly SeriesInfo[], key: 'rows' | 'bytes'): number =>
    of.reduce((total, one) => total + one[key], 0);
  const timeframes = [...new Set(series.map((one) => one.timeframe))];
  return {
    series: series.length,
    symbols: new Set(series.map((one) => one.symbol)).size,
    rows: sum(series, 'rows'),
    bytes: sum(series, 'bytes'),
    first: earliest(firsts),
    last: latest(lasts),
    byTimeframe: timeframes.map((timeframe) => {
      const of = series.filter((one) => one.timeframe === timeframe);
      return { timeframe, series: of.length, rows: sum(of, 'rows'), bytes: sum(of, 'bytes') };
    }),
    byProvider: [...rowsByProvider].map(([provider, rows]) => ({ provider, rows })).sort((a, b) => b.rows - a.rows),
    unreadable: series.flatMap(({ unreadable }) => unreadable),
  };
}
