import type { BarRequest, Context, Row } from 'almanac/provider';
import type { DateTimeframe } from './date-bars.js';
import { dateRows } from './date-rows.js';
import { INTERVALS, type Interval } from './intervals.js';
import { intradayRows } from './intraday-rows.js';
import type { YahooOptions } from './options.js';
import { readQuotes } from './quotes.js';
import { readChart } from './read-chart.js';
import { type Period, periodOfDates, splitIntraday } from './split-range.js';

type Rows = readonly Row[];

/** Every bar in [start, end) that Yahoo reaches; what lies before its reach is left out, unless nothing else was asked. */
export async function* readBars(asked: BarRequest, context: Context<YahooOptions>): AsyncGenerator<Rows> {
  const interval = INTERVALS[asked.timeframe];
  if (interval === undefined) throw context.error('UNSUPPORTED', `it has no ${asked.timeframe} bars`);
  const request = clampToReach(asked, interval, context);
  if (request.start >= request.end) return;
  let beyond: unknown;
  let answered = false;
  for (const period of periodsOf(request, interval)) {
    context.signal.throwIfAborted();
    const rows = await readPeriod(request, interval, period, context).catch((error: unknown) => {
      // A share may be younger than the first of several requests, and no worse for it.
      if ((error as { code?: unknown }).code !== 'OUT_OF_REACH') throw error;
      beyond = error;
    });
    answered ||= rows !== undefined;
    if (rows !== undefined && rows.length > 0) yield rows;
  }
  if (!answered) throw beyond;
}

async function readPeriod(
  { instrument, timeframe, start, end }: BarRequest,
  { wire, step }: Interval,
  period: Period,
  context: Context<YahooOptions>,
): Promise<Rows> {
  const query = { native: instrument.native, wire, ...period };
  const { chart } = await readChart(query, context);
  const quotes = readQuotes(chart, query, context.error);
  const asked = { assetClass: instrument.assetClass, start, end, now: context.now() };
  if (step !== undefined) return intradayRows(chart, quotes, { ...asked, step });
  return dateRows(chart, quotes, { ...asked, timeframe: timeframe as DateTimeframe });
}

function clampToReach(request: BarRequest, { age }: Interval, context: Context<YahooOptions>): BarRequest {
  const { timeframe, start, end } = request;
  const now = context.now();
  const reached = age === undefined ? Number.NEGATIVE_INFINITY : now - age;
  if (end <= reached) {
    const since = new Date(reached).toISOString();
    throw context.error('OUT_OF_REACH', `it keeps ${timeframe} bars only since ${since}`, {
      suggestion: 'ask for a longer timeframe, or another provider',
    });
  }
  return { ...request, start: Math.max(start, reached), end: Math.min(end, now) };
}

function periodsOf({ timeframe, start, end }: BarRequest, interval: Interval): readonly Period[] {
  if (interval.step !== undefined) return splitIntraday(start, end, interval);
  return [periodOfDates(start, end, timeframe as DateTimeframe)];
}
