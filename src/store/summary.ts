import type { Timeframe } from '../market/timeframe.js';
import type { SeriesInfo, StoreStats, YearInfo } from './face.js';

/** A series' totals from its sidecars; what has none is named in `unproved` and its rows are not counted. */
export function summarise(
  symbol: string,
  timeframe: Timeframe,
  assetClass: string,
  years: readonly YearInfo[],
): SeriesInfo {
  const sidecars = years.flatMap((year) => (year.sidecar === undefined ? [] : [year.sidecar]));
  const firsts = sidecars.flatMap((sidecar) => (sidecar.first === undefined ? [] : [Date.parse(sidecar.first)]));
  const lasts = sidecars.flatMap((sidecar) => (sidecar.last === undefined ? [] : [Date.parse(sidecar.last)]));
  return {
    symbol,
    timeframe,
    assetClass: sidecars.at(-1)?.assetClass ?? assetClass,
    years: years.map((year) => year.year),
    rows: sidecars.reduce((sum, sidecar) => sum + sidecar.rows, 0),
    first: firsts[0],
    last: lasts.at(-1),
    bytes: years.reduce((sum, year) => sum + year.bytes, 0),
    providers: [...new Set(sidecars.flatMap((sidecar) => sidecar.provenance.map((range) => range.provider)))].sort(),
    unproved: years.filter((year) => year.state !== 'sound').map((year) => year.year),
  };
}

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
    first: firsts.length === 0 ? undefined : firsts.reduce((a, b) => Math.min(a, b)),
    last: lasts.length === 0 ? undefined : lasts.reduce((a, b) => Math.max(a, b)),
    byTimeframe: timeframes.map((timeframe) => {
      const of = series.filter((one) => one.timeframe === timeframe);
      return { timeframe, series: of.length, rows: sum(of, 'rows'), bytes: sum(of, 'bytes') };
    }),
    byProvider: [...rowsByProvider].map(([provider, rows]) => ({ provider, rows })).sort((a, b) => b.rows - a.rows),
  };
}
