import type { Capabilities, Timeframe } from 'almanac/provider';
import type { Options } from './options.js';

const MINUTE = 60_000;
const LAUNCH = Date.UTC(2021, 0, 1);

/** The most candles one page brings. */
export const PAGE = 500;

/** Our timeframe, their word for it, and how long it lasts. */
export const INTERVALS: ReadonlyMap<Timeframe, { readonly word: string; readonly ms: number }> = new Map([
  ['1m', { word: '1min', ms: MINUTE }],
  ['1h', { word: '1hour', ms: 60 * MINUTE }],
  ['1d', { word: '1day', ms: 24 * 60 * MINUTE }],
]);

/** Limits and reach as their documentation states them (say where and when you read it): the host keeps to them. */
export function describe({ url }: Options): Capabilities {
  return {
    markets: [
      {
        assetClass: 'crypto',
        calendar: '24x7',
        volume: 'real',
        timeframes: [...INTERVALS.keys()].map((timeframe) => ({
          timeframe,
          reach: { since: LAUNCH },
          barsPerRequest: PAGE,
        })),
      },
    ],
    limits: {
      pools: {
        main: {
          concurrency: 4,
          windows: [
            { name: 'second', max: 10, perMs: 1000 },
            { name: 'minute', max: 300, perMs: MINUTE },
          ],
        },
      },
    },
    hosts: [url],
  };
}
