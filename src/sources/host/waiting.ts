import { setMaxListeners } from 'node:events';

/**
 * For a signal that many wait on at once: every request in flight and every one that waits for its turn listens for the
 * end, and Node would warn the user of a leak at the eleventh. Each listener is taken off when its wait is over.
 */
export function awaitedByMany(signal: AbortSignal): AbortSignal {
  setMaxListeners(Number.POSITIVE_INFINITY, signal);
  return signal;
}

/** Waits; rejects with the signal's reason when that comes first. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return orAborted((done) => {
    const timer = setTimeout(done, Math.max(0, ms));
    return () => clearTimeout(timer);
  }, signal);
}

/** The promise, or the signal's reason when that comes first. Leaves no listener behind on a signal that lives long. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return orAborted<T>((done, fail) => {
    promise.then(done, fail);
    return () => undefined;
  }, signal);
}

/** The promise, or an error when it takes longer. */
export function within<T>(ms: number, promise: Promise<T>, late: () => Error): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), Math.max(0, ms));
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Half of the doubled pause is certain and half is chance: a crowd that was cut off together does not return together. */
export function chooseBackoff(failures: number, firstMs: number, longestMs: number, random = Math.random): number {
  const pause = Math.min(longestMs, firstMs * 2 ** Math.min(30, failures - 1));
  return pause / 2 + (random() * pause) / 2;
}

function orAborted<T = void>(
  begin: (done: (value: T) => void, fail: (error: unknown) => void) => () => void,
  signal: AbortSignal,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const abort = (): void => {
      undo();
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    const settle =
      <V>(then: (value: V) => void) =>
      (value: V): void => {
        signal.removeEventListener('abort', abort);
        then(value);
      };
    const undo = begin(settle(resolve), settle(reject));
  });
}
