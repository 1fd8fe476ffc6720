import type { Session } from '../calendar.js';
import { type Expectation, expectedCount } from '../expected.js';
import { intersect, type Range } from '../range.js';
import { DAY, stepOf } from '../timeframe.js';

export interface NoTrades extends Range {
  /** Why these absences are normal, in words. */
  readonly reason: string;
}

/** With such a share of its bars there in the usual session, a share is liquid, and every absent bar is missing. */
const LIQUID = 0.95;
/** The usual session is the median of so many before and after; with fewer than the least in all, nobody knows. */
const NEIGHBOURS = 10;
const LEAST = 5;
/** A pause is normal up to so many times the longest of the usual session. */
const TIMES = 3;

interface Quiet {
  readonly share: number;
  readonly longest: number;
  readonly runs: readonly (Range & { readonly bars: number })[];
}

/**
 * Which of the absent ranges are pauses in an illiquid share's trading; the rest stays missing. `absent` holds bars
 * that are neither there nor explained, ascending; a range may run over closures and several sessions.
 *
 * The rule, for bars shorter than a day of a market with daily sessions: a session is compared with its neighbours, up
 * to ten on each side, without those that are wholly absent. Where half of them have less than 95 % of their bars, the
 * share is illiquid, and a pause up to three times as long as the longest of the usual session is normal. Longer pauses and
 * whole sessions stay missing.
 */
export function judgeIlliquid(expectation: Expectation, whole: Range, absent: readonly Range[]): readonly NoTrades[] {
  const { calendar, timeframe } = expectation;
  if (calendar.rhythm !== 'daily' || (stepOf(timeframe) ?? DAY) >= DAY) return [];
  const sessions = (calendar.sessions?.(whole) ?? []).map((session) => measureSessions(expectation, session));
  const quiet = spread(expectation, sessions, absent);
  return quiet.flatMap((own, at) => {
    if (own.runs.length === 0 || own.share === 0) return [];
    const near = quiet
      .slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1)
      .filter((other) => other !== own && other.share > 0);
    if (near.length < LEAST) return [];
    const share = median(near.map((other) => other.share));
    if (share >= LIQUID) return [];
    const limit = TIMES * median(near.map((other) => other.longest));
    const reason = `no trades: in the usual session ${Math.round(share * 100)} % of the bars are there`;
    return own.runs.filter(({ bars }) => bars <= limit).map(({ start, end }) => ({ start, end, reason }));
  });
}

interface Measured extends Range {
  readonly expected: number;
}

/** What opens within the session; a bar of hours that begins before its open belongs to it as well. */
function measureSessions(expectation: Expectation, { open, close }: Session): Measured {
  const step = stepOf(expectation.timeframe) as number;
  const range = { start: open - step + 1, end: close };
  return { ...range, expected: expectedCount(expectation, range) as number };
}

/** Every session with its own share of what is absent. Both lists ascend, so one walk does. */
function spread(expectation: Expectation, sessions: readonly Measured[], absent: readonly Range[]): readonly Quiet[] {
  let from = 0;
  return sessions.map((session) => {
    while (from < absent.length && (absent[from] as Range).end <= session.start) from++;
    const runs: Quiet['runs'][number][] = [];
    for (let i = from; i < absent.length && (absent[i] as Range).start < session.end; i++) {
      const part = intersect(absent[i] as Range, session) as Range;
      const bars = expectedCount(expectation, part) as number;
      if (bars > 0) runs.push({ ...part, bars });
    }
    const gone = runs.reduce((sum, { bars }) => sum + bars, 0);
    const longest = runs.reduce((most, { bars }) => Math.max(most, bars), 0);
    return { share: session.expected === 0 ? 0 : 1 - gone / session.expected, longest, runs };
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >>> 1] as number;
}
