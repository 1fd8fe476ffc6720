import { DAY, stepOf, type Timeframe } from '../../market/timeframe.js';
import type { Capabilities, TimeframeCapability, Window } from '../../provider/index.js';
import type { Declaration, DeclaredTimeframe } from './schema.js';

/** Nobody's public API wants more than this of one person, whatever a file says. */
const MOST_AT_ONCE = 8;
const MOST_A_SECOND = 20;

export function describeCapabilities(file: Declaration, root: string): Capabilities {
  const { assetClass, calendar, suffix, grid, days, finalitySeconds } = file.market;
  const timeframes = (Object.entries(file.timeframes) as [string, DeclaredTimeframe][]).map(
    ([timeframe, { reach }]): TimeframeCapability => {
      return {
        timeframe: timeframe as Timeframe,
        reach: reachOf(timeframe as Timeframe, reach),
        barsPerRequest: file.paging.barsPerRequest,
        ...(grid === undefined ? {} : { grid }),
        ...(finalitySeconds === undefined ? {} : { finality: finalitySeconds * 1000 }),
      };
    },
  );
  return {
    markets: [
      {
        assetClass,
        ...(suffix === undefined ? {} : { market: suffix }),
        timeframes,
        calendar,
        ...(days === undefined ? {} : { days }),
        volume: file.rows.volume === undefined ? 'none' : 'real',
      },
    ],
    limits: {
      pools: {
        main: {
          concurrency: Math.min(file.limits.concurrency, MOST_AT_ONCE),
          windows: file.limits.windows.map(clampWindow),
        },
      },
    },
    hosts: [root],
  };
}

export function reachOf(
  timeframe: Timeframe,
  { since, days, bars }: DeclaredTimeframe['reach'],
): { since: number } | { age: number } {
  if (since !== undefined) return { since: Date.parse(since) };
  return { age: days === undefined ? (bars as number) * (stepOf(timeframe) as number) : days * DAY };
}

function clampWindow({ name, max, seconds }: Declaration['limits']['windows'][number]): Window {
  return { name, max: Math.min(max, seconds * MOST_A_SECOND), perMs: seconds * 1000 };
}
