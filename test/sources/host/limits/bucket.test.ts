import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createBucket, shapeOf } from '../../../../src/sources/host/limits/bucket.js';

const never = new AbortController().signal;
const window = (max: number, perMs: number) => ({ name: 'w', max, perMs });

describe('the shape of a bucket', () => {
  it('drips at most 95 % of a window, after a burst of at most a third of it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 100_000 }),
        fc.oneof(fc.constantFrom(250, 1000, 10_000, 60_000, 300_000, 900_000), fc.integer({ min: 250, max: 900_000 })),
        (max, perMs) => {
          const shape = shapeOf(window(max, perMs));
          const drops = Math.floor(perMs / shape.reservoirIncreaseInterval);
          expect(drops * shape.reservoirIncreaseAmount).toBeLessThanOrEqual(0.95 * max);
          expect(shape.reservoir).toBeLessThanOrEqual(Math.max(1, max / 3));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is made of whole tokens and of the ticks Bottleneck has', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 100_000 }), fc.integer({ min: 1, max: 900_000 }), (max, perMs) => {
        const {
          reservoir,
          reservoirIncreaseAmount: drip,
          reservoirIncreaseInterval: every,
        } = shapeOf(window(max, perMs));
        for (const each of [reservoir, drip, every]) expect(Number.isInteger(each) && each > 0).toBe(true);
        expect(every % 250).toBe(0);
      }),
    );
  });

  it('still uses most of what is allowed', () => {
    for (const [max, perMs] of [
      [6000, 60_000],
      [2400, 60_000],
      [30, 60_000],
      [300, 1000],
    ] as const) {
      const shape = shapeOf(window(max, perMs));
      const perWindow = (perMs / shape.reservoirIncreaseInterval) * shape.reservoirIncreaseAmount;
      expect(perWindow).toBeGreaterThan(max * 0.8);
    }
  });
});

describe('a bucket', () => {
  it('is not made for windows of few or of a day, which the ledger keeps alone', () => {
    expect(createBucket(window(1, 1000))).toBeUndefined();
    expect(createBucket(window(25, 86_400_000))).toBeUndefined();
  });

  it('gives its burst at once and the rest drop by drop', async () => {
    const bucket = createBucket(window(300, 60_000));
    for (let i = 0; i < 100; i++) await bucket?.take(1, never);
    const burst = performance.now();
    await bucket?.take(10, never);
    // Ten more at 285 a minute: two seconds, of which the burst itself may have used up some on a slow machine.
    expect(performance.now() - burst).toBeGreaterThan(500);
    bucket?.close();
  });

  it('takes what weighs more than it holds, when it is full, rather than never', async () => {
    const bucket = createBucket(window(100, 1000));
    await bucket?.take(95, never);
    bucket?.close();
  });

  it('ends a wait at once when it is called off, or when it is closed', async () => {
    const bucket = createBucket(window(30, 900_000));
    await bucket?.take(10, never);
    const stop = new AbortController();
    const begun = performance.now();
    const waits = [bucket?.take(1, stop.signal), bucket?.take(1, never)];
    setTimeout(() => stop.abort(new Error('called off')), 20);
    await expect(waits[0]).rejects.toThrow('called off');
    bucket?.close();
    await expect(waits[1]).rejects.toThrow();
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
