import { countWithin } from './count-within.js';
import type { FillOutcome } from './fill-outcome.js';
import type { HoleWork, Verdict } from './hole-work.js';

export interface Conclusion {
  readonly outcome: FillOutcome;
  readonly provider: string | undefined;
  readonly reason: string;
  readonly until?: number | undefined;
  readonly compared?: true;
}

/** The first of these that somebody said is what is told of a hole that nobody closed: what may still change comes first. */
const TELLING = ['throttled', 'failed', 'refused', 'out-of-reach', 'empty'] as const;

type Done = Pick<HoleWork, 'opens' | 'explained' | 'rowsAdded' | 'verdicts' | 'unable' | 'besides'>;

/** What all the verdicts on a hole come to. */
export function concludeHole({ opens, explained, rowsAdded, verdicts, unable, besides }: Done): Conclusion {
  const added = verdicts.filter(({ kind }) => kind === 'added');
  const others = TELLING.flatMap((kind) => verdicts.filter((each) => each.kind === kind));
  const proved = countWithin(opens, explained);
  const confirmed = proved === 0 ? [] : confirmersOf(verdicts);
  const who = [...new Set([...added.map((each) => each.provider), ...confirmed])].join(',');
  const confirming = confirmed.length === 0 ? [] : [`confirmed empty by ${confirmed.join(', ')}`];
  const reason = [...added.map((each) => each.reason), ...confirming];
  if (opens.length === proved)
    return { outcome: rowsAdded > 0 ? 'filled' : 'explained', provider: who, reason: reason.join('; ') };
  const open = others.filter(({ kind }) => kind !== 'empty' || confirmed.length === 0).map((each) => each.reason);
  if (rowsAdded + proved > 0) return { outcome: 'partly', provider: who, reason: [...reason, ...open].join('; ') };
  const [first] = others;
  if (first !== undefined) {
    // Nothing was there, and it cannot be noted: that is still a hole that nobody reaches.
    const outcome = first.kind === 'empty' ? 'out-of-reach' : (first.kind as FillOutcome);
    const { provider, until, compared } = first;
    return { outcome, provider, reason: open.join('; '), until, ...(compared ? { compared } : {}) };
  }
  return { outcome: 'out-of-reach', provider: unable[0]?.provider, reason: whyNobody(unable, besides) };
}

/** Why there is nobody to ask. */
export function whyNobody(unable: HoleWork['unable'], besides: readonly string[]): string {
  if (unable.length > 0) return unable.map(({ provider, reason }) => `${provider}: ${reason}`).join('; ');
  const source = besides.join(' and ') || 'its own provider';
  return `nobody but ${source} has this series; cache update asks again, and a second nothing a day later explains it`;
}

/** Those who had nothing for what is still missing, where nobody who could be reached kept his answer. */
export function confirmersOf(verdicts: readonly Verdict[]): string[] {
  const reached = verdicts.filter(({ kind }) => kind !== 'out-of-reach');
  const answered = reached.every(({ kind }) => kind === 'empty' || kind === 'added');
  return answered ? reached.map(({ provider }) => provider) : [];
}

/** The instant from which all of them can speak. */
export function confirmedFrom(verdicts: readonly Verdict[]): number {
  return Math.max(...verdicts.map(({ from }) => from ?? Number.NEGATIVE_INFINITY));
}
