import type { JudgedGap, JudgedSeries, JudgedYear } from '../../../src/cli/validate/judged-series.js';

/** A series as it is judged, whole from `from` to `to` but for what is said. */
export function judged(
  name: string,
  [from, to]: readonly [string, string],
  more: Partial<JudgedSeries> & { readonly gaps?: readonly JudgedGap[]; readonly months?: JudgedYear['months'] } = {},
): JudgedSeries {
  const [symbol = '', interval = ''] = name.split(' ');
  const { gaps = [], months, ...rest } = more;
  const year = { year: Number(from.slice(0, 4)), expected: 0, explained: 0, missing: 0, duplicates: 0, invalid: 0 };
  const missing = gaps.filter(({ kind }) => kind !== 'explained').reduce((sum, { bars }) => sum + bars, 0);
  return {
    ...{ symbol, interval, score: 100, scoreParts: {}, warnings: [] },
    ...{ from: `${from}T00:00:00Z`, to: `${to}T00:00:00Z` },
    years: [{ ...year, missing, gaps, ...(months === undefined ? {} : { months }) }],
    ...rest,
  };
}

export function gap(start: string, hours: number, kind: JudgedGap['kind'] = 'missing', reason?: string): JudgedGap {
  const at = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');
  const opens = Date.parse(start.length === 10 ? `${start}T00:00:00Z` : start);
  const range = { start: at(opens), end: at(opens + hours * 3_600_000), bars: Math.floor(hours), hours, kind };
  return reason === undefined ? range : { ...range, reason };
}
