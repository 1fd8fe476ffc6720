import type { Context, Probe } from 'almanac/provider';
import { z } from 'zod';
import type { Options } from './options.js';
import { requestOf } from './request.js';

const clock = z.object({ time: z.number() });

/** One cheap request for `almanac doctor`: is it up, is the key good, what time is it there. */
export async function probe(context: Context<Options>): Promise<Probe> {
  const { time } = await context.http.json(requestOf('/v1/time', {}, context.options), clock);
  return { detail: `${new URL(context.options.url).host} answers`, serverTime: time * 1000 };
}
