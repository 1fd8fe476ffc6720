import { BrokenCircuitError, circuitBreaker, DelegateBackoff, handleWhen, retry, SamplingBreaker } from 'cockatiel';
import type { Cost } from '../../provider/index.js';
import { isProviderError, type ProviderError } from '../provider-error.js';
import type { MakeHostError } from './host-error.js';
import type { Lease } from './limits/lease.js';
import type { Turnstile } from './limits/turnstile.js';
import type { Patience } from './patience.js';
import { sleep } from './waiting.js';

export interface RetryOptions {
  readonly patience: Patience;
  readonly turnstile: Turnstile;
  readonly error: MakeHostError;
  readonly signal: AbortSignal;
  readonly debug: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
}

export interface Attempt {
  /** Aborts when the request's time is used up or nobody wants it any more. */
  readonly signal: AbortSignal;
  readonly lease: Lease;
}

export type Run = <T>(pool: string | undefined, cost: Cost, work: (attempt: Attempt) => Promise<T>) => Promise<T>;

/** A throttle that names no time shuts the gate for so many first pauses. */
const SHUT = 4;
const BREAKER = { window: 60_000, fewest: 10, halfOpen: 20_000 } as const;

/**
 * Failures of the provider are tried again with growing, jittered pauses; a breaker leaves one alone that fails half
 * the time. A throttle is no failure: it shuts the gate for everybody, and the next attempt waits there. The
 * request's time runs while something is asked or paused for, not while it waits for its turn; of waits that the
 * provider names, the first minute comes besides.
 */
export function createRetry(options: RetryOptions): Run {
  const { patience, turnstile, signal } = options;
  const breaker = circuitBreaker(
    handleWhen((cause) => isProviderError(cause) && cause.code === 'UNAVAILABLE'),
    {
      halfOpenAfter: BREAKER.halfOpen,
      breaker: new SamplingBreaker({
        threshold: 0.5,
        duration: BREAKER.window,
        minimumRps: BREAKER.fewest / (BREAKER.window / 1000),
      }),
    },
  );

  return async (pool, cost, work) => {
    let left = patience.totalMs;
    /** Waits that the provider names come besides the request's own time, but not without end. */
    let besides = patience.longestWaitMs;
    let due = 0;
    const wait = (ms: number): void => {
      const free = Math.min(ms, besides);
      besides -= free;
      left -= ms - free;
    };
    const policy = retry(
      handleWhen((cause) => left > 0 && worthAnother(cause, patience) && waitAfter(cause, patience) < besides + left),
      {
        maxAttempts: patience.attempts - 1,
        backoff: new DelegateBackoff<{ attempt: number; result: object }>(({ attempt, result }) => {
          const cause = 'error' in result ? result.error : undefined;
          const { ms, stated } = pauseAfter(cause, attempt, patience);
          if (stated) wait(waitAfter(cause, patience));
          else left -= ms;
          // Waited out below: cockatiel's own pause does not end when nobody wants the reply any more.
          due = ms;
          return 0;
        }),
      },
    );
    const attempt = async (): Promise<Awaited<ReturnType<typeof work>>> => {
      const lease = await turnstile.enter(pool, cost);
      const begun = performance.now();
      try {
        return await inTime(work, lease, left, options);
      } catch (cause) {
        lease.leave();
        await heed(cause, pool, options);
        throw cause;
      } finally {
        left -= performance.now() - begun;
      }
    };
    const once = async (): Promise<Awaited<ReturnType<typeof work>>> => {
      if (due > 0) await sleep(due, signal);
      // The breaker first: what it holds back must not be counted as sent.
      return breaker.execute(attempt);
    };
    try {
      return await policy.execute(once, signal);
    } catch (cause) {
      if (signal.aborted) throw signal.reason;
      if (!(cause instanceof BrokenCircuitError)) throw cause;
      throw options.error('UNAVAILABLE', 'it failed too often within a minute and is left alone for a while');
    }
  };
}

/** Ends the attempt when the request's time is used up; the body of a stream goes on by its own clock. */
async function inTime<T>(
  work: (attempt: Attempt) => Promise<T>,
  lease: Lease,
  left: number,
  { signal, error, patience }: RetryOptions,
): Promise<T> {
  const own = new AbortController();
  const stop = (): void => own.abort(signal.reason);
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  lease.onLeave(() => signal.removeEventListener('abort', stop));
  const timer = setTimeout(
    () => own.abort(error('UNAVAILABLE', `no whole reply within ${Math.round(patience.totalMs / 1000)} s`)),
    Math.max(1, left),
  );
  try {
    const result = await work({ signal: own.signal, lease });
    if (!lease.isKept) lease.leave();
    return result;
  } catch (cause) {
    throw own.signal.aborted ? own.signal.reason : cause;
  } finally {
    clearTimeout(timer);
  }
}

/** What everybody else should know of a refusal. */
async function heed(
  cause: unknown,
  pool: string | undefined,
  { turnstile, patience, debug }: RetryOptions,
): Promise<void> {
  if (!isProviderError(cause)) return;
  debug('attempt failed', { code: cause.code, message: cause.message });
  if (cause.code === 'THROTTLED') await turnstile.shut(pool, cause.until ?? Date.now() + patience.firstPauseMs * SHUT);
  if (cause.code === 'QUOTA') await turnstile.exhaust(pool, cause.until);
}

function worthAnother(cause: unknown, patience: Patience): boolean {
  return isProviderError(cause) && cause.transient && waitOf(cause) <= patience.longestWaitMs;
}

/** A throttle's wait is at the gate; a stated one is kept to; else full jitter, so that many do not come back at once. */
function pauseAfter(
  cause: unknown,
  attempt: number,
  patience: Patience,
): { readonly ms: number; readonly stated: boolean } {
  if (isProviderError(cause)) {
    if (cause.code === 'THROTTLED') return { ms: 0, stated: true };
    const wait = waitOf(cause);
    if (wait > 0) return { ms: wait, stated: true };
  }
  const most = Math.min(patience.longestPauseMs, patience.firstPauseMs * 2 ** (attempt - 1));
  return { ms: most * (0.2 + 0.8 * Math.random()), stated: false };
}

/** How long it is left alone after this, at the gate or in a pause; 0 where nothing is named. */
function waitAfter(cause: unknown, { firstPauseMs }: Patience): number {
  if (!isProviderError(cause)) return 0;
  return cause.code === 'THROTTLED' && cause.until === undefined ? firstPauseMs * SHUT : waitOf(cause);
}

function waitOf(cause: ProviderError): number {
  return Math.max(0, (cause.until ?? 0) - Date.now());
}
