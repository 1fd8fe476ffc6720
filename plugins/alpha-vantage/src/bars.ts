import type { BarRequest, Context, Row } from 'almanac/provider';
import { COMPACT_AGE, type Endpoint, FIRST_MONTH, findEndpoint, TRAILING_AGE } from './endpoints.js';
import { monthsBetween } from './months.js';
import { type AlphaVantageOptions, premiumRate } from './options.js';
import { query } from './query.js';
import { toRows } from './rows.js';

type Rows = readonly Row[];

export async function* readBars(asked: BarRequest, context: Context<AlphaVantageOptions>): AsyncGenerator<Rows> {
  const { instrument, timeframe } = asked;
  const of = findEndpoint(instrument.assetClass, timeframe);
  if (of === undefined) {
    throw context.error('UNSUPPORTED', `it has no ${timeframe} bars of ${instrument.assetClass}`);
  }
  if (of.premium === 'all' && premiumRate(context.options.plan) === undefined) {
    throw context.error('UNSUPPORTED', `it gives ${timeframe} bars on its premium plans only`, {
      suggestion: 'set "plan" to the plan you pay for, or take another provider',
    });
  }
  const request = { ...asked, end: Math.min(asked.end, context.now()) };
  if (request.start >= request.end) return;
  refuseBeyondReach(request, of, context);
  if (of.paging === 'months') return yield* readMonths(request, of, context);
  const rows = await readOnce(request, of, sizeOf(request, of, context), context);
  if (rows.length > 0) yield rows;
}

async function readOnce(
  request: BarRequest,
  of: Endpoint,
  parameters: Readonly<Record<string, string>>,
  context: Context<AlphaVantageOptions>,
): Promise<Rows> {
  context.signal.throwIfAborted();
  const entries = await query(of, request.instrument, parameters, context);
  const { month } = parameters;
  // A month may have nothing; but a series that always comes whole does not come empty.
  if (month === undefined && entries.length === 0)
    throw context.error('MALFORMED', 'it sent neither bars nor a reason');
  if (month !== undefined && entries.length > 0 && !entries.some(({ stamp }) => stamp.startsWith(month))) {
    throw context.error('MALFORMED', `it was asked for ${month} and sent another month`);
  }
  return toRows(entries, of, request, context.now(), context.error);
}

async function* readMonths(
  request: BarRequest,
  of: Endpoint,
  context: Context<AlphaVantageOptions>,
): AsyncGenerator<Rows> {
  const months = monthsBetween(request.start, request.end);
  const read = (month: string) =>
    readOnce(
      request,
      of,
      {
        interval: of.interval?.name ?? '',
        month,
        outputsize: 'full',
        // As it was traded, like the daily bars; adjusted prices of a stored month would change with every dividend.
        adjusted: 'false',
        extended_hours: String(context.options.extendedHours),
      },
      context,
    );
  const last = months.at(-1) as string;
  let [hasAnswered, isProved] = [false, false];
  for (const month of months) {
    const rows = await read(month).catch(async (error: unknown) => {
      // A month before the listing is refused in the same words as a symbol that never was: the last month tells.
      const isDoubtful = (error as { code?: unknown }).code === 'SYMBOL_UNKNOWN' && !hasAnswered && month !== last;
      if (!isDoubtful) throw error;
      if (!isProved) await read(last);
      isProved = true;
    });
    hasAnswered ||= rows !== undefined;
    if (rows !== undefined && rows.length > 0) yield rows;
  }
}

/** The last 100 bars where they suffice, or are all there is on this plan. */
function sizeOf(
  { start }: BarRequest,
  { paging, premium, interval }: Endpoint,
  { options, now }: Context<AlphaVantageOptions>,
): Readonly<Record<string, string>> {
  if (paging !== 'sized') return {};
  if (interval !== undefined) return { interval: interval.name, outputsize: 'full' };
  const isEnough = start >= now() - COMPACT_AGE;
  const isAll = premium === 'full' && premiumRate(options.plan) === undefined;
  return { outputsize: isEnough || isAll ? 'compact' : 'full' };
}

/** What is certain not to be there is not worth one of 25 requests. */
function refuseBeyondReach({ end, timeframe }: BarRequest, of: Endpoint, context: Context<AlphaVantageOptions>): void {
  const isFree = premiumRate(context.options.plan) === undefined;
  const reached = reachOf(of, isFree, context.now());
  if (end > reached) return;
  const since = new Date(reached).toISOString().slice(0, 10);
  throw context.error(
    'OUT_OF_REACH',
    `it gives ${timeframe} bars only since ${since}${isFree ? ' on the free plan' : ''}`,
    {
      suggestion: isFree ? 'set "plan" to the plan you pay for, or take another provider' : 'take another provider',
    },
  );
}

function reachOf({ paging, interval, premium }: Endpoint, isFree: boolean, now: number): number {
  if (paging === 'months') return FIRST_MONTH;
  if (interval !== undefined) return now - TRAILING_AGE;
  return premium === 'full' && isFree ? now - COMPACT_AGE : Number.NEGATIVE_INFINITY;
}
