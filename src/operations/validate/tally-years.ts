import type { Expectation } from '../../market/expected.js';
import { formatInstant } from '../../market/instant.js';
import { type Range, splitByYear, yearOf } from '../../market/range.js';
import { closeOf } from '../../market/timeframe.js';
import { type Absent, cutAbsent } from '../coverage/absent.js';
import type { Judged } from '../coverage/explain-absent.js';
import type { PartCount } from '../coverage/find-absent.js';
import type { Cause } from './cause.js';
import type { Gap, MonthValidation, YearValidation } from './validation.js';

const HOUR = 3_600_000;

interface Tally {
  expected: number;
  explained: number;
  missing: number;
}

export interface RowFaults {
  readonly duplicates: number;
  readonly invalid: number;
}

/** Counts and gaps a year, each gap cut at the year's end; and the months in which something is absent. */
export function tallyYears(
  range: Range,
  parts: readonly PartCount[],
  judged: readonly Judged<Cause>[],
  expectation: Expectation,
  faults: ReadonlyMap<number, RowFaults>,
): YearValidation[] {
  const months = new Map<number, Tally>();
  for (const part of parts) tallyOf(months, part.range.start).expected += part.expected;
  const gaps = new Map<number, Gap[]>();
  for (const run of judged) {
    for (const { year, range: within } of splitByYear({ start: run.start, end: run.last + 1 })) {
      const cut = cutAbsent(run, within, expectation);
      if (cut === undefined) continue;
      const key = run.why === undefined || run.why.kind === 'damaged' ? 'missing' : 'explained';
      for (const piece of splitByMonth(cut, expectation)) tallyOf(months, piece.start)[key] += piece.bars;
      if (run.why?.unlisted === true) continue;
      const list = gaps.get(year) ?? [];
      list.push(toGap(cut, run.why, expectation));
      gaps.set(year, list);
    }
  }
  const years = range.start < range.end ? splitByYear(range).map(({ year }) => year) : [];
  return years.map((year) => {
    const total = { expected: 0, explained: 0, missing: 0 };
    const listed: MonthValidation[] = [];
    for (let month = 0; month < 12; month++) {
      const tally = months.get(year * 12 + month);
      if (tally === undefined) continue;
      for (const key of KEYS) total[key] += tally[key];
      const name = `${year}-${String(month + 1).padStart(2, '0')}`;
      if (tally.explained + tally.missing > 0) listed.push({ month: name, ...tally });
    }
    const { duplicates = 0, invalid = 0 } = faults.get(year) ?? {};
    const present = total.expected - total.explained - total.missing;
    const of = { year, expected: total.expected, present, explained: total.explained, missing: total.missing };
    const found = { ...of, duplicates, invalid, gaps: gaps.get(year) ?? [] };
    return listed.length === 0 ? found : { ...found, months: listed };
  });
}

const KEYS = ['expected', 'explained', 'missing'] as const;

/** Months are counted from year 0. */
function tallyOf(months: Map<number, Tally>, instant: number): Tally {
  const date = new Date(instant);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  const tally = months.get(month) ?? { expected: 0, explained: 0, missing: 0 };
  months.set(month, tally);
  return tally;
}

function splitByMonth(run: Absent, expectation: Expectation): Absent[] {
  const pieces: Absent[] = [];
  for (let start = run.start; start <= run.last; ) {
    const date = new Date(start);
    const end = Date.UTC(yearOf(start), date.getUTCMonth() + 1, 1);
    const piece = cutAbsent(run, { start, end }, expectation);
    if (piece !== undefined) pieces.push(piece);
    start = end;
  }
  return pieces;
}

function toGap({ start, last, bars }: Absent, why: Cause | undefined, { timeframe }: Expectation): Gap {
  const end = closeOf(timeframe, last);
  const gap = { start: formatInstant(start), end: formatInstant(end), bars, hours: roundHours(end - start) };
  return why === undefined ? { ...gap, kind: 'missing' } : { ...gap, kind: why.kind, reason: why.reason };
}

/** A second is 0.000278 of an hour. */
function roundHours(milliseconds: number): number {
  return Math.round((milliseconds / HOUR) * 1e6) / 1e6;
}
