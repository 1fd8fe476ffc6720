import type { BarRequest, Context, Row } from 'almanac/provider';
import type { DateTimeframe } from './date-bars.js';
import { dateRows } from './date-rows.js';
import { INTERVALS, type Interval } from './intervals.js';
import { intradayRows } from './intraday-rows.js';
import type { YahooOptions } from './options.js';
import { readQuotes } from './quotes.js';
import { readChart } from './read-chart.js';
import { LEAD, splitIntraday } from './split-intraday.js';
import { type Piece, periodOfDates } from './split-range.js';

type Rows = readonly Row[];

/** Every bar in [start, end) that Yahoo reaches; what lies before its reach is left out, unless nothing else was asked. */
export async function* readBars(asked: BarRequest, context: Context<YahooOptions>): AsyncGenerator<Rows> {
  const interval = INTERVALS[asked.timeframe];
  if (interval === undefined) throw context.error('UNSUPPORTED', `it has no ${asked.timeframe} bars`);
  const reached = interval.age === undefined ? Number.NEGATIVE_INFINITY : context.now() - interval.age;
  const request = clampToReach(asked, reached, context);
  if (request.start >= request.end) return;
  let beyond: unknown;
  let answered = false;
  for (const piece of piecesOf(request, interval, reached)) {
    context.signal.throwIfAborted();
    const rows = await readPiece(request, interval, piece, context).catch((error: unknown) => {
      // A share may be younger than the first of several requests, and no worse for it.
      if ((error as { code?: unknown }).code !== 'OUT_OF_REACH') throw error;
      beyond = error;
    });
    answered ||= rows !== undefined;
    if (rows !== undefined && rows.length > 0) yield rows;
  }
  if (!answered) throw beyond;
}

async function readPiece(
  { instrument, timeframe }: BarRequest,
  { wire, step }: Interval,
  { start, end, period }: Piece,
  context: Context<YahooOptions>,
): Promise<Rows> {
  const query = { native: instrument.native, wire, ...period };
  const { chart } = await readChart(query, context);
  const quotes = readQuotes(chart, query, context.error);
  const asked = { assetClass: instrument.assetClass, start, end, now: context.now() };
  if (step !== undefined) return intradayRows(chart, quotes, { ...asked, step });
  return dateRows(chart, quotes, { ...asked, timeframe: timeframe as DateTimeframe });
}

function clampToReach(request: BarRequest, reached: number, context: Context<YahooOptions>): BarRequest {
  const { timeframe, start, end } = request;
  if (end <= reached) {
    const since = new Date(reached).toISOString();
    throw context.error('OUT_OF_REACH', `it keeps ${timeframe} bars only since ${since}`, {
      suggestion: 'ask for a longer timeframe, or another provider',
    });
  }
  return { ...request, start: Math.max(start, reached), end: Math.min(end, context.now()) };
}

function piecesOf(request: BarRequest, interval: Interval, reached: number): readonly Piece[] {
  const { instrument, timeframe, start, end } = request;
  if (interval.step === undefined)
    return [{ start, end, period: periodOfDates(start, end, timeframe as DateTimeframe) }];
  // What has no volume has none to lose.
  const lead = instrument.assetClass === 'fx' ? 0 : LEAD;
  return splitIntraday({ start, end, reached, lead }, interval);
}
