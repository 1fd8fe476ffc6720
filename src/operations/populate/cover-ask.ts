import { expectedCount } from '../../market/expected.js';
import type { Range } from '../../market/range.js';
import type { Series } from '../../store/face.js';
import type { Counts, SeriesCoverage } from '../coverage/coverage.js';
import { measureCoverage } from '../coverage/measure-coverage.js';
import type { Ask } from './ask.js';

export interface AskCoverage extends SeriesCoverage {
  /** Bars from before its provider's reach: they are missing, and asking for them is of no use. */
  readonly beyondReach: number;
}

/**
 * What of all that was asked is there. What lies before its listing is explained; what lies before its provider's
 * reach is missing, and no hole that could be closed.
 */
export async function coverAsk(series: Series, ask: Ask, start = ask.range.start): Promise<AskCoverage> {
  const { expectation, range, asked, listed, standstills } = ask;
  const within = await measureCoverage(series, expectation, { start, end: range.end }, standstills);
  const before = { start: asked.start, end: Math.min(listed ?? asked.start, start) };
  const far = { start: Math.max(asked.start, listed ?? asked.start), end: start };
  const unlisted = await coverUnlisted(series, ask, before);
  const beyond = await (ask.reach === undefined || !(far.start < far.end)
    ? NOTHING
    : measureCoverage(series, expectation, far, standstills));
  return { ...within, ...add(within, unlisted, beyond), beyondReach: beyond.missing };
}

const NOTHING: Counts = { expected: 0, present: 0, explained: 0, missing: 0 };

/** Bars of others may be there all the same. */
async function coverUnlisted(series: Series, { expectation, standstills }: Ask, range: Range): Promise<Counts> {
  if (!(range.start < range.end)) return NOTHING;
  const { rows } = await series.coverage(range);
  if (rows > 0) {
    const { expected, present } = await measureCoverage(series, expectation, range, standstills);
    return { expected, present, explained: expected - present, missing: 0 };
  }
  const expected = expectedCount(expectation, range) ?? 0;
  return { expected, present: 0, explained: expected, missing: 0 };
}

function add(...parts: readonly Counts[]): Counts {
  const sum = (key: keyof Counts): number => parts.reduce((total, part) => total + part[key], 0);
  return { expected: sum('expected'), present: sum('present'), explained: sum('explained'), missing: sum('missing') };
}
