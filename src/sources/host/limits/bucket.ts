import Bottleneck from 'bottleneck';
import type { Window } from '../../../provider/index.js';
import { untilAborted } from '../waiting.js';

/** Below this a bucket would only round badly, and the ledger alone keeps the window. */
const SMALLEST = 20;
/** Above this the ledger alone keeps it: nobody waits in a queue for tomorrow. */
const LONGEST_MS = 15 * 60_000;
const TICK_MS = 250;
const STEP_MS = 2000;

export interface Bucket {
  take(weight: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

/**
 * A token bucket for one window: a burst of a third of it, then a steady drip of nearly all of it. It only spreads
 * requests. That a window is not exceeded where burst and drip fall into the same one is the ledger's doing, which
 * counts what was sent; a bucket that had to guarantee it alone would leave a third of every limit unused.
 */
export function createBucket(window: Window): Bucket | undefined {
  if (window.max < SMALLEST || window.perMs > LONGEST_MS) return undefined;
  const shape = shapeOf(window);
  let limiter = new Bottleneck(shape);
  let clock = Date.now() - performance.now();
  let closed = false;

  /** Bottleneck counts by the wall clock: set back by an hour it would do nothing for an hour, so it begins anew. */
  const renew = (): void => {
    const drift = Date.now() - performance.now() - clock;
    if (Math.abs(drift) < STEP_MS) return;
    clock += drift;
    const old = limiter;
    limiter = new Bottleneck(shape);
    void old.stop({ dropWaitingJobs: true }).catch(() => undefined);
  };

  return {
    async take(weight, signal) {
      // More than the bucket holds would block everybody behind it for ever.
      const tokens = Math.min(weight, shape.reservoir);
      if (tokens <= 0) return;
      const watch = setInterval(renew, 1000);
      try {
        for (;;) {
          signal.throwIfAborted();
          try {
            return await untilAborted(
              limiter.schedule({ weight: tokens }, async () => undefined),
              signal,
            );
          } catch (error) {
            if (closed || !(error instanceof Bottleneck.BottleneckError)) throw error;
          }
        }
      } finally {
        clearInterval(watch);
      }
    },
    close() {
      closed = true;
      void limiter.stop({ dropWaitingJobs: true }).catch(() => undefined);
      void limiter.disconnect();
    },
  };
}

interface Shape {
  readonly reservoir: number;
  readonly reservoirIncreaseAmount: number;
  readonly reservoirIncreaseInterval: number;
  readonly reservoirIncreaseMaximum: number;
}

/** Capacity and drip in whole tokens and whole ticks, rounded so that the window is never exceeded. */
export function shapeOf(window: Window): Shape {
  const capacity = Math.max(1, Math.floor(window.max / 3));
  const perWindow = Math.max(1, Math.floor(window.max * 0.95));
  const ticks = Math.max(1, Math.floor(window.perMs / TICK_MS));
  const amount = Math.max(1, Math.floor(perWindow / ticks));
  const interval = Math.max(1, Math.ceil((window.perMs * amount) / perWindow / TICK_MS)) * TICK_MS;
  return {
    reservoir: capacity,
    reservoirIncreaseAmount: amount,
    reservoirIncreaseInterval: interval,
    reservoirIncreaseMaximum: capacity,
  };
}
