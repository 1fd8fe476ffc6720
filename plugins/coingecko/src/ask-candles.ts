import type { Context, HttpRequest, Row } from 'almanac/provider';
import { z } from 'zod';
import type { Span } from './hourly-pages.js';
import type { Options } from './options.js';
import { LARGEST_REPLY } from './options.js';

const price = z.number().nullable();
const candles = z.array(z.tuple([z.number(), price, price, price, price]));

export interface CandleQuestion {
  readonly request: HttpRequest;
  readonly step: number;
  /** The bars wanted, by their open. */
  readonly wanted: Span;
}

/**
 * Candles are stamped with their close, and the last one still forms under a stamp that has yet to come: no question
 * wants that one. How long they are follows from the window asked for, and is checked: four days must never pass for
 * four hours.
 */
export async function askCandles({ request, step, wanted }: CandleQuestion, context: Context<Options>): Promise<Row[]> {
  const rows = new Map<number, Row>();
  for (const [close, open, high, low, last] of await context.http.json(
    { ...request, maxBytes: LARGEST_REPLY },
    candles,
  )) {
    rows.set(close - step, { time: close - step, open, high, low, close: last });
  }
  const times = [...rows.keys()].sort((a, b) => a - b);
  const odd = findOddity(times, step);
  if (odd !== undefined) throw context.error('MALFORMED', `it answered candles ${odd}`);
  return times.filter((time) => time >= wanted.start && time < wanted.end).map((time) => rows.get(time) as Row);
}

function findOddity(times: readonly number[], step: number): string | undefined {
  const stray = times.find((time) => time % step !== 0);
  if (stray !== undefined) return `off the grid of ${step / 60_000} minutes: one closes at ${stray + step}`;
  const steps = times.slice(1).map((time, i) => time - (times[i] as number));
  const usual = steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)];
  if (usual === undefined || usual === step) return undefined;
  return `${usual / 60_000} minutes apart where ${step / 60_000} were asked for`;
}
