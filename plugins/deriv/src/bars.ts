import type { BarRequest, Batch, Context } from 'almanac/provider';
import { GRANULARITIES, MOST_ROWS } from './capabilities.js';
import { openSocket } from './channel.js';
import { candles, ticks } from './history.js';
import type { Options } from './options.js';
import { type Question, readWindow } from './read-window.js';
import { cutWindows, readInOrder } from './windows.js';

const AT_ONCE = 4;
const SECOND = 1000;
/** They count seconds from here, and take no negative ones. */
const EPOCH = 0;

export async function* readBars(request: BarRequest, context: Context<Options>): AsyncGenerator<Batch> {
  const { signal, error } = context;
  const question = ask(request, context);
  const step = (question.granularity ?? 1) * SECOND;
  const start = Math.max(request.start, EPOCH);
  const end = Math.min(request.end, closedBefore(context.now(), step));
  if (!(start < end)) return;
  const socket = openSocket(context);
  const windows = cutWindows({ start, end }, step, MOST_ROWS);
  const batches = readInOrder(windows, AT_ONCE, async (window) => {
    signal.throwIfAborted();
    return readWindow(question, window, socket, error);
  });
  for await (const batch of batches) if (batch.length > 0) yield batch;
}

function ask({ instrument: { native }, timeframe }: BarRequest, { error }: Context<Options>): Question {
  if (timeframe === 'ticks') return { native, style: 'ticks', schema: ticks };
  const granularity = GRANULARITIES[timeframe];
  if (granularity === undefined) throw error('UNSUPPORTED', `it makes no bars of ${timeframe}`);
  return { native, style: 'candles', granularity, schema: candles };
}

/** The open of what is still forming, a second of ticks included: nothing from there on is asked for or taken. */
function closedBefore(now: number, step: number): number {
  return Math.floor(now / step) * step;
}
