import type { Bars } from '../market/bars.js';
import { gridCount } from '../market/timeframe.js';
import type { BarRequest, Batch } from '../provider/index.js';
import { Admission, type BadRow, type Tally } from './admission/admission.js';
import type { Host } from './host/create-host.js';
import { isProviderError } from './provider-error.js';

export interface FetchOptions {
  /** Bars may count from a session's open. */
  readonly sessions: boolean;
  /** Told once, at the end, what came and what was not taken. */
  readonly onTally?: (tally: Tally) => void;
  /** Told of each before the bars that came with it are given. */
  readonly onBadRow?: (row: BadRow) => void;
}

/** Bars of a live request as they come in, each batch admitted. */
export async function* fetchBars(host: Host, request: BarRequest, options: FetchOptions): AsyncGenerator<Bars> {
  yield* admitAll(host, request, ask(host, request), options);
}

/** Begun when read, so that a provider that throws before it yields is treated as one that throws after. */
async function* ask({ provider, context }: Host, request: BarRequest): AsyncGenerator<Batch> {
  yield* provider.bars(request, context);
}

/** A provider that repeats itself or never ends is stopped: so many rows more than could be there. */
const SURPLUS = 10_000;
const MOST_BARREN = 100;

/** Holds any stream of batches against the request. */
export async function* admitAll(
  host: Host,
  request: BarRequest,
  batches: AsyncIterable<Batch>,
  { sessions, onTally, onBadRow }: FetchOptions,
): AsyncGenerator<Bars> {
  const { context, error } = host;
  const admission = new Admission({ timeframe: request.timeframe, range: request, now: context.now(), sessions });
  const most = (gridCount(request.timeframe, request.start, request.end) ?? Number.POSITIVE_INFINITY) * 2 + SURPLUS;
  let barren = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  try {
    for await (const batch of batches) {
      context.signal.throwIfAborted();
      const bars = admission.admit(checkBatch(batch, host), onBadRow);
      const [low = first, high = last] = [bars.time[0], bars.time.at(-1)];
      // Rows that were all there before are no progress: a page that repeats itself goes on for ever.
      barren = low < first || high > last ? 0 : barren + 1;
      [first, last] = [Math.min(first, low), Math.max(last, high)];
      if (barren > MOST_BARREN || admission.tally.rows > most) {
        throw error('MALFORMED', `its answer for ${request.instrument.symbol} ${request.timeframe} has no end`);
      }
      refuseShorterBars(admission, host, request);
      if (bars.time.length > 0) yield bars;
    }
  } catch (cause) {
    throw asProviderError(cause, host);
  }
  refuseStrangers(admission.tally, host, request);
  onTally?.(admission.tally);
}

const FEWEST_CROWDED = 3;

/**
 * Where a third of the rows open within other bars, all of them are shorter ones, and those on the grid no truer than
 * the rest. Rows off the grid where there is no other bar are another matter: exchanges have had such days.
 */
function refuseShorterBars(
  { crowded, tally: { rows } }: Admission,
  { error }: Host,
  { instrument, timeframe }: BarRequest,
): void {
  if (crowded < FEWEST_CROWDED || crowded * 3 < rows) return;
  throw error('MALFORMED', `it was asked for ${timeframe} of ${instrument.symbol} and sent shorter bars`);
}

/** A reply wholly outside what was asked is no answer to it. */
function refuseStrangers({ admitted, rows, refused }: Tally, { error }: Host, request: BarRequest): void {
  const outside = refused.get('outside-range') ?? 0;
  if (admitted > 0 || outside === 0 || outside < rows) return;
  throw error(
    'MALFORMED',
    `all ${rows} rows it sent for ${request.instrument.symbol} ${request.timeframe} lie outside what was asked`,
  );
}

/** Plugins may be plain JavaScript: what they yield is looked at before it is trusted. */
function checkBatch(batch: Batch, { error }: Host): Batch {
  if (Array.isArray(batch)) {
    if (batch.every((row) => typeof row === 'object' && row !== null && typeof row.time === 'number')) return batch;
  } else if (isBars(batch)) return batch;
  throw error('MALFORMED', 'it gave something that is neither rows nor columns (a fault in the provider’s plugin)');
}

function isBars(value: unknown): value is Bars {
  const { time, columns, values } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Bars>;
  return (
    time instanceof Float64Array &&
    Array.isArray(columns) &&
    columns.every((name) => typeof name === 'string') &&
    Array.isArray(values) &&
    values.length === columns.length &&
    values.every((each) => each instanceof Float64Array && each.length === time.length)
  );
}

/** Anything a plugin throws that is not one of the contract's errors is its own fault, and is called so. */
function asProviderError(cause: unknown, { error, context }: Host): unknown {
  if (isProviderError(cause)) return cause;
  if (context.signal.aborted) return context.signal.reason;
  const said = cause instanceof Error ? `${cause.name}: ${cause.message.split('\n', 1)[0]}` : String(cause);
  return error('MALFORMED', `its plugin failed (${said})`, { cause });
}
