import { formatInstant } from '../../market/instant.js';
import { jobHead } from '../job-head.js';

export interface Side {
  readonly provider: string;
  readonly cached: number;
  readonly fetched: number;
  readonly requests: number;
  readonly reach: number | undefined;
}

export interface Compared {
  readonly symbol: string;
  readonly range: { readonly start: number; readonly end: number };
  readonly sides: readonly [Side, Side];
  readonly tolerance: number;
  readonly comparison: {
    readonly overlap: number;
    readonly ratio: number;
    readonly spread: number;
    readonly correlation: number | undefined;
    readonly shift: number;
    readonly sameGrid: boolean;
    readonly bars: readonly [number, number];
    readonly within: number;
    readonly volumeRatio: number | undefined;
    readonly lacking: readonly [Float64Array, Float64Array];
    readonly worst: readonly {
      readonly time: number;
      readonly closes: readonly [number, number];
      readonly difference: number;
    }[];
  };
}

interface Head {
  readonly runId: string;
  readonly startedAt: Date;
  readonly interval: string;
}

/** Opens that are named one by one; beyond it only their number is told. */
const MOST_NAMED = 100;

export function compareDocument(
  { symbol, range, sides, tolerance, comparison }: Compared,
  head: Head,
): Record<string, unknown> {
  const { overlap, ratio, spread, correlation, shift, sameGrid, bars, within, volumeRatio, lacking, worst } =
    comparison;
  return {
    ...jobHead({ ...head, command: 'cache compare' }, 'complete'),
    warnings: [],
    symbol,
    interval: head.interval,
    from: formatInstant(range.start),
    to: formatInstant(range.end),
    tolerance,
    providers: sides.map(({ provider, cached, fetched, requests }, i) => {
      const missing = lacking[i] as Float64Array;
      const named = Array.from(missing.subarray(0, MOST_NAMED), formatInstant);
      return { provider, bars: bars[i], cached, fetched, requests, missing: missing.length, missingOpens: named };
    }),
    overlap,
    closes: { ratio: orNull(ratio), spread: orNull(spread), within: orNull(within) },
    returns: { correlation: correlation ?? null, shift },
    sameGrid,
    volumeRatio: volumeRatio ?? null,
    worst: worst.map(({ time, closes, difference }) => ({
      timestamp: formatInstant(time),
      [sides[0].provider]: closes[0],
      [sides[1].provider]: closes[1],
      difference,
    })),
  };
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
