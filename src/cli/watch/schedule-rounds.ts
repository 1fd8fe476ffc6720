import { closeOf, gridCount, openOf, type Timeframe } from '../../market/timeframe.js';

/** The time of day, and waiting for one; a test has its own. */
export interface WallClock {
  now(): number;
  /** Returns at that instant or a little later, at once when it is past or the signal aborts. */
  sleepUntil(instant: number, signal: AbortSignal): Promise<void>;
}

export interface Rounds {
  /** A round follows each close of a bar of this timeframe. */
  readonly every: Timeframe;
  /** How long after the close: a provider has the bar a moment later. */
  readonly delayMs: number;
  readonly signal: AbortSignal;
  readonly clock: WallClock;
  /** Must not throw for what the next round may do better. */
  readonly round: () => Promise<void>;
  /** So many rounds had their time while one was still running. */
  readonly onSkipped: (count: number) => void;
}

/**
 * One round at once, which catches up, then one after every close until the signal aborts. Each is timed by the
 * clock and none by the one before, so that nothing drifts; what a long round overruns is skipped, never made up for.
 */
export async function scheduleRounds({ every, delayMs, signal, clock, round, onSkipped }: Rounds): Promise<void> {
  let due = clock.now();
  while (!signal.aborted) {
    await round();
    // One that is due this very moment is not late.
    const next = dueAfter(every, delayMs, Math.max(due, clock.now() - 1));
    const skipped = countDue(every, delayMs, due, next);
    if (skipped > 0 && !signal.aborted) onSkipped(skipped);
    due = next;
    await clock.sleepUntil(due, signal);
  }
}

/** The first instant after `instant` that lies `delayMs` behind a close. */
function dueAfter(every: Timeframe, delayMs: number, instant: number): number {
  return closeOf(every, openOf(every, instant - delayMs)) + delayMs;
}

/** Instants strictly between two at which a round was due. */
function countDue(every: Timeframe, delayMs: number, after: number, before: number): number {
  return gridCount(every, after - delayMs + 1, before - delayMs) ?? 0;
}

/** A timer counts only while the machine is awake, and the clock may be set: it is looked at again and again. */
const LOOK_AGAIN_MS = 30_000;

export const WALL_CLOCK: WallClock = {
  now: Date.now,
  async sleepUntil(instant, signal) {
    for (let left = instant - Date.now(); left > 0 && !signal.aborted; left = instant - Date.now()) {
      await pause(Math.min(left, LOOK_AGAIN_MS), signal);
    }
  },
};

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
