import type { Timeframe } from '../../market/timeframe.js';
import { describeError } from '../describe-error.js';
import { EXIT } from '../exit-codes.js';
import type { End } from '../populate/show-end.js';
import type { View } from '../terminal/view.js';
import { scheduleRounds, WALL_CLOCK, type WallClock } from './schedule-rounds.js';
import { type Round, showRound } from './show-round.js';

/** A provider has a bar a moment after it closed. */
const DELAY_MS = 2000;

export interface Updating {
  readonly every: Timeframe;
  readonly view: View;
  readonly signal: AbortSignal;
  /** One update of everything, with nothing held open before or after. */
  readonly update: (signal: AbortSignal) => Promise<End>;
  readonly clock?: WallClock;
}

/** Rounds until a signal ends them, and the status to end with: SIGTERM is how a service is stopped and no failure. */
export async function keepUpdating({ every, view, signal, update, clock = WALL_CLOCK }: Updating): Promise<number> {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  let terminated = false;
  const onTerm = (): void => {
    terminated = true;
  };
  process.once('SIGTERM', onTerm);
  // Whoever read the lines went away.
  process.stdout.once('error', end);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  const warnings: string[] = [];
  let isFirst = true;
  try {
    await scheduleRounds({
      every,
      delayMs: DELAY_MS,
      clock,
      signal: ended.signal,
      async round() {
        const round = await runRound(update, view, warnings.splice(0), ended.signal);
        const { failure } = round;
        // What was typed wrong will not be right the next time.
        if (isFirst && failure !== undefined && isUsage(failure)) throw failure;
        isFirst = false;
        if (failure === undefined || !ended.signal.aborted) showRound(round, view);
      },
      onSkipped(count) {
        const rounds = count === 1 ? 'round was' : 'rounds were';
        const text = `the last round took longer than ${every}: ${count} ${rounds} skipped`;
        warnings.push(text);
        view.told.warn(text);
      },
    });
    return terminated || !signal.aborted ? EXIT.done : EXIT.interrupted;
  } finally {
    process.off('SIGTERM', onTerm);
    process.stdout.off('error', end);
    signal.removeEventListener('abort', end);
  }
}

async function runRound(
  update: Updating['update'],
  view: View,
  warnings: readonly string[],
  signal: AbortSignal,
): Promise<Round> {
  // A signal of its own: what listens to it goes with the round.
  const own = new AbortController();
  const stop = (): void => own.abort();
  signal.addEventListener('abort', stop, { once: true });
  const startedAt = new Date();
  const job = { runId: view.told.runId, command: 'cache update', startedAt };
  try {
    const end = await update(own.signal);
    if (end.kind !== 'ran') throw new TypeError('a round that did not run');
    const { series, fatal } = end.report;
    const failure = fatal === undefined ? {} : { failure: fatal };
    return { job, warnings, series, unserved: end.unserved, ...failure };
  } catch (failure) {
    return { job, warnings, series: [], unserved: [], failure };
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function isUsage(failure: unknown): boolean {
  return describeError(failure, 'almanac cache update').exit === EXIT.usage;
}
