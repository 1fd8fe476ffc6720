import type { YearValidation } from './validation.js';

export interface Score {
  readonly score: number;
  readonly scoreParts: Readonly<Record<string, number>>;
}

/** Each odd stretch takes so much of plausibility, and all of them together no more than `MOST_DOUBT`. */
const DOUBT = 2;
const MOST_DOUBT = 20;

/**
 * 100 where nothing is missing and nothing wrong; the parts multiplied, so that each fault only ever lowers it.
 * `completeness`: bars present or explained, of those expected. `soundness`: rows that are bars, of all rows.
 * `plausibility`: less two for every odd stretch, at the least 80; only of rows that were read.
 */
export function scoreSeries(years: readonly YearValidation[], oddities: number | undefined): Score {
  const sum = (of: (year: YearValidation) => number): number => years.reduce((total, year) => total + of(year), 0);
  const expected = sum((year) => year.expected);
  const damaged = sum(({ gaps }) => gaps.reduce((all, { kind, bars }) => all + (kind === 'damaged' ? bars : 0), 0));
  const bad = sum(({ invalid, duplicates }) => invalid + duplicates) + damaged;
  const rows = sum(({ present, duplicates }) => present + duplicates) + damaged;
  const parts = {
    completeness: percent(expected - sum((year) => year.missing), expected),
    soundness: percent(rows - Math.min(bad, rows), rows),
    ...(oddities === undefined ? {} : { plausibility: 100 - Math.min(MOST_DOUBT, DOUBT * oddities) }),
  };
  const score = Object.values(parts).reduce((product, part) => (product * part) / 100, 100);
  return { score: floor(score), scoreParts: parts };
}

/** Rounded down: only what is whole has 100. */
function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : floor((part / whole) * 100);
}

function floor(value: number): number {
  return Math.floor(value * 100 + 1e-9) / 100;
}
