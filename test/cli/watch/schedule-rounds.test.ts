import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { scheduleRounds, WALL_CLOCK } from '../../../src/cli/watch/schedule-rounds.js';
import { stepOf, type Timeframe } from '../../../src/market/timeframe.js';

const at = Date.parse;

/** Runs rounds that take so long each, on a clock of their own, and says when each began and what was skipped. */
async function run(start: number, every: Timeframe, lengths: readonly number[], late: readonly number[] = []) {
  const stop = new AbortController();
  const begun: number[] = [];
  const skipped: number[] = [];
  let now = start;
  await scheduleRounds({
    every,
    delayMs: 2000,
    signal: stop.signal,
    clock: {
      now: () => now,
      async sleepUntil(instant) {
        now = Math.max(now, instant + (late[begun.length] ?? 0));
      },
    },
    async round() {
      now += lengths[begun.length] as number;
      begun.push(now - (lengths[begun.length] as number));
      if (begun.length === lengths.length) stop.abort();
    },
    onSkipped: (count) => skipped.push(count),
  });
  return { begun: begun.map((instant) => new Date(instant).toISOString().slice(11, 23)), skipped, starts: begun };
}

describe('scheduleRounds', () => {
  it('catches up at once, then follows each close by two seconds', async () => {
    const { begun, skipped } = await run(at('2025-01-01T10:07:30Z'), '15m', [5000, 1000, 1000, 1000]);
    expect(begun).toEqual(['10:07:30.000', '10:15:02.000', '10:30:02.000', '10:45:02.000']);
    expect(skipped).toEqual([]);
  });

  it('does not drift, however late timers are', async () => {
    const { begun } = await run(at('2025-01-01T10:00:00Z'), '1m', [10, 10, 10, 10], [0, 300, 700, 250]);
    expect(begun).toEqual(['10:00:00.000', '10:00:02.300', '10:01:02.700', '10:02:02.250']);
  });

  it('skips what a long round overran, and says how many', async () => {
    const { begun, skipped } = await run(at('2025-01-01T10:00:02Z'), '1m', [10, 150_000, 10, 10]);
    expect(begun).toEqual(['10:00:02.000', '10:01:02.000', '10:04:02.000', '10:05:02.000']);
    expect(skipped).toEqual([2]);
  });

  it('takes a round that ends as the next is due for on time', async () => {
    const { begun, skipped } = await run(at('2025-01-01T10:00:02Z'), '1m', [60_000, 10]);
    expect(begun).toEqual(['10:00:02.000', '10:01:02.000']);
    expect(skipped).toEqual([]);
  });

  it('begins every round but the first on the grid, none twice, and accounts for every close', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Timeframe>('1m', '5m', '1h', '1d'),
        fc.integer({ min: 0, max: 86_400_000 }),
        fc.array(fc.integer({ min: 0, max: 400_000 }), { minLength: 2, maxLength: 8 }),
        async (every, offset, lengths) => {
          const { starts, skipped } = await run(at('2025-01-01') + offset, every, lengths);
          const step = stepOf(every) as number;
          const [, ...later] = starts;
          for (const [i, start] of later.entries()) {
            expect((start - 2000) % step).toBe(0);
            expect(start).toBeGreaterThan(starts[i] as number);
            expect(start).toBeGreaterThanOrEqual((starts[i] as number) + (lengths[i] as number));
          }
          const firstDue = Math.ceil(((starts[0] as number) + 1 - 2000) / step) * step + 2000;
          const dues = (later.at(-1) as number) < firstDue ? 0 : ((later.at(-1) as number) - firstDue) / step + 1;
          expect(later.length + skipped.reduce((sum, count) => sum + count, 0)).toBe(dues);
        },
      ),
    );
  });

  it('stops at once while it waits', async () => {
    const stop = new AbortController();
    const begun = performance.now();
    setTimeout(() => stop.abort(), 20);
    await WALL_CLOCK.sleepUntil(Date.now() + 60_000, stop.signal);
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  it('never wakes before its time', async () => {
    const due = Date.now() + 30;
    await WALL_CLOCK.sleepUntil(due, new AbortController().signal);
    expect(Date.now()).toBeGreaterThanOrEqual(due);
  });
});
