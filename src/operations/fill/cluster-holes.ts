import { type Expectation, expectedCount } from '../../market/expected.js';
import type { Range } from '../../market/range.js';
import type { Choice } from '../../sources/route.js';
import { barsAfter, barsBefore } from './walk-bars.js';

/** Bars beside a hole that a second source is compared by, on either side. */
export const MARGIN = 24;
/** What is fetched and held at once; a longer hole has its margins fetched first and is then read as it comes. */
const MOST_HELD = 20_000;

export interface Window extends Range {
  /** Bars that should be in it. */
  readonly bars: number;
  readonly requests: number;
}

/** Holes that are fetched together. */
export interface Cluster<T extends Range> {
  readonly holes: readonly T[];
  readonly choice: Choice;
  readonly window: Window;
  /** Margins first, then the hole alone. */
  readonly long: boolean;
}

/** The hole and its margins, as far as this source reaches and bars have closed. */
export function windowOf(hole: Range, { choice, expectation, reach, closed }: WindowRules): Window {
  const start = Math.max(barsBefore(expectation, hole.start, MARGIN), reach);
  return measure({ start, end: barsAfter(expectation, hole.end, MARGIN, closed) }, choice, expectation);
}

export interface WindowRules {
  readonly choice: Choice;
  readonly expectation: Expectation;
  /** The first instant the source has. */
  readonly reach: number;
  /** Bars before this have closed. */
  readonly closed: number;
}

/** Holes whose windows fit in one page of the source become one request. They must ascend. */
export function clusterHoles<T extends Range>(holes: readonly T[], rules: WindowRules): Cluster<T>[] {
  const { choice, expectation } = rules;
  const clusters: Cluster<T>[] = [];
  for (const hole of holes) {
    const window = windowOf(hole, rules);
    const last = clusters.at(-1);
    const joined = last && measure({ start: last.window.start, end: window.end }, choice, expectation);
    if (last !== undefined && joined !== undefined && joined.bars <= choice.timeframe.barsPerRequest)
      clusters[clusters.length - 1] = { ...last, holes: [...last.holes, hole], window: joined };
    else clusters.push({ holes: [hole], choice, window: addMargins(window), long: window.bars > MOST_HELD });
  }
  return clusters;
}

/** Margins of a long hole are two requests of their own. */
function addMargins(window: Window): Window {
  return window.bars > MOST_HELD ? { ...window, requests: window.requests + 2 } : window;
}

function measure(range: Range, { timeframe }: Choice, expectation: Expectation): Window {
  const bars = expectedCount(expectation, range) ?? 0;
  return { ...range, bars, requests: Math.max(1, Math.ceil(bars / timeframe.barsPerRequest)) };
}
