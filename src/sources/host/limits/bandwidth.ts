import { awaitedByMany, sleep } from '../waiting.js';

/**
 * Holds all downloads together below a rate, by making each piece wait for its turn. Not Bottleneck: a reservation
 * of bytes for every 16 KiB piece is arithmetic on one number, and a queue of jobs would cost more than the copying.
 */
export function createBandwidth(
  bytesPerSecond: number | undefined,
  signal: AbortSignal,
): (bytes: number) => Promise<void> | undefined {
  if (bytesPerSecond === undefined) return () => undefined;
  awaitedByMany(signal);
  let free = 0;
  return (bytes) => {
    const now = performance.now();
    free = Math.max(free, now) + (bytes / bytesPerSecond) * 1000;
    const wait = free - now;
    return wait < 1 ? undefined : sleep(wait, signal);
  };
}
