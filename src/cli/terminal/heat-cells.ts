import { intersect } from '../../market/range.js';
import type { JudgedSeries, Tally } from '../validate/judged-series.js';

/** A stretch of so many months, as a year and month counted from year 0. */
export interface Stretch {
  readonly start: number;
  readonly months: number;
}

/** What is absent in a stretch, as shares of what should be there; undefined where nothing was judged. */
export interface Cell {
  readonly explained: number;
  readonly missing: number;
}

export function monthNumber(instant: number): number {
  const date = new Date(instant);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** A cell a stretch: a month that the report does not list is complete. */
export function cellsOf(series: JudgedSeries, stretches: readonly Stretch[]): (Cell | undefined)[] {
  const first = monthNumber(Date.parse(series.from));
  const end = Date.parse(series.to);
  const last = monthNumber(end - 1);
  const listed = series.interval === 'ticks' ? tickMonths(series, first, last) : listMonths(series);
  return stretches.map(({ start, months }) => {
    let judged = false;
    const cell = { explained: 0, missing: 0 };
    for (let month = Math.max(start, first); month <= Math.min(start + months - 1, last); month++) {
      judged = Date.parse(series.from) < end;
      const tally = listed.get(month);
      if (tally === undefined || tally.expected === 0) continue;
      cell.explained += tally.explained / tally.expected / months;
      cell.missing += tally.missing / tally.expected / months;
    }
    return judged ? cell : undefined;
  });
}

function listMonths({ years }: JudgedSeries): Map<number, Tally> {
  const all = years.flatMap(({ months = [] }) => months);
  return new Map(all.map((each) => [monthNumber(Date.parse(`${each.month}-01T00:00:00Z`)), each]));
}

/** Nobody counts ticks: time stands for them. */
function tickMonths({ years }: JudgedSeries, first: number, last: number): Map<number, Tally> {
  const months = new Map<number, Tally>();
  const gaps = years.flatMap(({ gaps }) => gaps);
  for (let month = first; month <= last; month++) {
    const start = Date.UTC(Math.floor(month / 12), month % 12, 1);
    const whole = { start, end: Date.UTC(Math.floor(month / 12), (month % 12) + 1, 1) };
    const missing = gaps.reduce((sum, gap) => {
      const part = intersect(whole, { start: Date.parse(gap.start), end: Date.parse(gap.end) });
      return sum + (part === undefined ? 0 : part.end - part.start);
    }, 0);
    months.set(month, { expected: whole.end - whole.start, explained: 0, missing });
  }
  return months;
}
