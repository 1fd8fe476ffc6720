import { blockRange, splitByBlock } from '../../market/block.js';
import { expectedCount } from '../../market/expected.js';
import { intersect, mergeRanges, type Range } from '../../market/range.js';
import { DAY, stepOf } from '../../market/timeframe.js';
import { tradedWithin } from '../../market/traded.js';
import type { ArchivePeriod } from '../../provider/index.js';
import type { Hole } from '../coverage/coverage.js';
import type { Ask, Task } from './ask.js';

export interface PlanRules {
  readonly now: number;
  readonly archive: boolean;
}

/** The least work that closes the holes: whole months and days from the archive where they pay, the rest live. Pure. */
export function planTasks(ask: Ask, holes: readonly Hole[], rules: PlanRules): Task[] {
  const periods = rules.archive ? (ask.choice.timeframe.archive ?? []) : [];
  const months: Period[] = [];
  const days: Period[] = [];
  const live: Range[] = [];
  for (const piece of holes.flatMap((hole) => splitByBlock('month', hole))) {
    const via = chooseVia(ask, piece, periods, rules.now);
    if (via === 'archive-month') months.push({ ...blockRange('month', piece.start), wanted: piece });
    else if (via === 'archive-day') {
      const today = Math.floor(rules.now / DAY) * DAY;
      const past = intersect(piece, { start: 0, end: today });
      if (past !== undefined) days.push(...splitByDay(past));
      const rest = intersect(piece, { start: today, end: piece.end });
      if (rest !== undefined) live.push(rest);
    } else live.push(piece);
  }
  return [
    ...unique(months).map((range) => archiveTask(ask, range, 'archive-month')),
    ...unique(days).map((range) => archiveTask(ask, range, 'archive-day')),
    ...joinLive(ask, live).map((range) => liveTask(ask, range)),
  ].sort((a, b) => a.start - b.start);
}

/** A month's file is not worth its two requests where one live request brings a year: hourly bars yes, daily ones no. */
const LEAST_SHARE = 4;

/** A file pays when it saves more requests than it costs, and only exists when its period is over. */
function chooseVia(ask: Ask, piece: Range, periods: readonly ArchivePeriod[], now: number): Task['via'] {
  const { barsPerRequest } = ask.choice.timeframe;
  const bars = countOf(ask, piece);
  const month = blockRange('month', piece.start);
  const inMonth = countOf(ask, month);
  const worth = inMonth >= barsPerRequest / LEAST_SHARE && bars >= inMonth / 2;
  if (periods.includes('month') && month.end <= now && worth) return 'archive-month';
  if (periods.includes('day') && piece.start < Math.floor(now / DAY) * DAY && bars > 2 * barsPerRequest)
    return 'archive-day';
  return 'live';
}

/** A file's period, and what of it is missing. */
interface Period extends Range {
  readonly wanted: Range;
}

function archiveTask(ask: Ask, range: Period, via: 'archive-month' | 'archive-day'): Task {
  return { ask, via, ...range, bars: countOf(ask, range), requests: 2, weight: 0 };
}

function liveTask(ask: Ask, range: Range): Task {
  const { barsPerRequest, cost } = ask.choice.timeframe;
  const bars = countOf(ask, range);
  const requests = Math.max(1, Math.ceil(bars / barsPerRequest));
  const weight = requests * Math.max(1, ...Object.values(cost ?? {}));
  return { ask, via: 'live', ...range, wanted: range, bars, requests, weight };
}

/** Holes near each other are one request when what lies between costs less than asking twice. */
function joinLive(ask: Ask, ranges: readonly Range[]): Range[] {
  const { barsPerRequest } = ask.choice.timeframe;
  const joined: Range[] = [];
  for (const range of mergeRanges(ranges)) {
    const last = joined.at(-1);
    const both = last && { start: last.start, end: range.end };
    if (both !== undefined && countOf(ask, both) <= barsPerRequest) joined[joined.length - 1] = both;
    else joined.push(range);
  }
  return joined.flatMap((range) => splitLive(ask, range));
}

/** So many requests a task: small enough to be done side by side and to lose little, large enough to be worth a commit. */
const REQUESTS_PER_TASK = 20;
/** Ticks are committed by whole days. */
const TICK_TASK = DAY;

function splitLive(ask: Ask, whole: Range): Range[] {
  if (ask.timeframe !== 'ticks') return splitEvenly(ask, whole);
  // What is fetched again on purpose is no hole, and nobody has ticks of closed hours.
  return tradedWithin(ask.expectation.calendar, whole).flatMap((range) => splitEvenly(ask, range));
}

function splitEvenly(ask: Ask, range: Range): Range[] {
  const step = ask.timeframe === 'ticks' ? undefined : (stepOf(ask.timeframe) ?? 31 * DAY);
  const length = step === undefined ? TICK_TASK : step * ask.choice.timeframe.barsPerRequest * REQUESTS_PER_TASK;
  const parts: Range[] = [];
  for (let at = range.start; at < range.end; ) {
    const next = step === undefined ? Math.floor(at / DAY) * DAY + DAY : at + length;
    const end = Math.min(range.end, next);
    parts.push({ start: at, end });
    at = end;
  }
  return parts;
}

function countOf(ask: Ask, range: Range): number {
  const count = expectedCount(ask.expectation, range);
  return count ?? Math.ceil((range.end - range.start) / ASSUMED_TICK_MS);
}

/** For estimates alone: a tick every two seconds, as the liveliest of the synthetic indices have. */
const ASSUMED_TICK_MS = 2000;

function splitByDay(range: Range): Period[] {
  const days: Period[] = [];
  for (let at = Math.floor(range.start / DAY) * DAY; at < range.end; at += DAY) {
    const day = { start: at, end: at + DAY };
    days.push({ ...day, wanted: intersect(range, day) ?? day });
  }
  return days;
}

/** Each period once, with all that is missing of it. */
function unique(periods: readonly Period[]): Period[] {
  const byStart = new Map<number, Period>();
  for (const period of periods) {
    const { wanted } = byStart.get(period.start) ?? period;
    const start = Math.min(wanted.start, period.wanted.start);
    byStart.set(period.start, { ...period, wanted: { start, end: Math.max(wanted.end, period.wanted.end) } });
  }
  return [...byStart.values()];
}
