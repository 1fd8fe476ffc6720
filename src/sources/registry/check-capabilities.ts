import { z } from 'zod';
import { CALENDAR_IDS } from '../../market/calendars.js';
import { ASSET_CLASSES } from '../../market/symbol.js';
import { TIMEFRAMES } from '../../market/timeframe.js';

const count = z.number().int().positive();
const cost = z.record(z.string(), z.number().int().nonnegative());
const timeframe = z.object({
  timeframe: z.enum(TIMEFRAMES),
  reach: z.union([z.object({ age: z.number().positive() }), z.object({ since: z.number() })]).optional(),
  barsPerRequest: count,
  cost: cost.optional(),
  derived: z.boolean().optional(),
  grid: z.enum(['clock', 'session']).optional(),
  finality: z.number().nonnegative().optional(),
  archive: z.array(z.enum(['month', 'day'])).optional(),
});
const market = z.object({
  assetClass: z.enum(ASSET_CLASSES),
  market: z.string().optional(),
  timeframes: z.array(timeframe),
  calendar: z
    .enum(CALENDAR_IDS as [string, ...string[]], {
      error: `must be one of the calendars there are: ${CALENDAR_IDS.join(', ')}`,
    })
    .optional(),
  days: z.enum(['utc', 'weekdays']).optional(),
  volume: z.enum(['real', 'none']),
});
const pool = z.object({
  concurrency: count,
  windows: z.array(z.object({ name: z.string().min(1), max: count, perMs: count, resetZone: z.string().optional() })),
  gate: z.string().optional(),
});
const shape = z.object({
  markets: z.array(market).min(1, 'must hold at least one'),
  limits: z.object({ pools: z.record(z.string(), pool) }),
  hosts: z.array(z.url({ protocol: /^(https?|wss?)$/ })).min(1, 'must name at least one'),
});

/** What keeps a statement of capabilities from being one that can be planned and paced by, or nothing. */
export function findCapabilitiesFault(value: unknown): string | undefined {
  const result = shape.safeParse(value);
  if (result.success) return undefined;
  return result.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; ');
}
