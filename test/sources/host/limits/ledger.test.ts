import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Window } from '../../../../src/provider/index.js';
import {
  adopt,
  EMPTY_LEDGER,
  fill,
  type Ledger,
  type Refused,
  readLedger,
  remaining,
  spend,
} from '../../../../src/sources/host/limits/ledger.js';

const window = (max: number, perMs: number, resetZone?: string): Window => ({
  name: 'minute',
  max,
  perMs,
  ...(resetZone === undefined ? {} : { resetZone }),
});

const isRefused = (next: Ledger | Refused): next is Refused => 'until' in next;

interface Ask {
  /** After the one before, in windows. */
  readonly gap: number;
  readonly cost: number;
  /** By how many windows the clock is set back before it. */
  readonly back: number;
  /** When refused, waits until exactly the instant it is told, and asks again. */
  readonly waits: boolean;
}

/** Asks one after the other; what was granted, by the real time at which it was. */
function askAll(limit: Window, asks: readonly Ask[]): { at: number; cost: number }[] {
  let ledger = EMPTY_LEDGER;
  let real = start;
  let behind = 0;
  const granted: { at: number; cost: number }[] = [];
  for (const { gap, cost, back, waits } of asks) {
    real += Math.floor(gap * limit.perMs);
    behind += Math.floor(back * limit.perMs);
    const spent = { minute: Math.min(cost, limit.max) };
    let next = spend(ledger, [limit], spent, real - behind);
    if (isRefused(next) && waits) {
      real = next.until + behind;
      next = spend(ledger, [limit], spent, real - behind);
    }
    if (isRefused(next)) continue;
    ledger = next;
    granted.push({ at: real, cost: spent.minute });
  }
  return granted;
}

/** The most that was granted in any stretch of `perMs`, wherever it begins. */
function busiest(granted: readonly { readonly at: number; readonly cost: number }[], perMs: number): number {
  return Math.max(
    0,
    ...granted.map(({ at }) =>
      granted.filter((each) => each.at >= at && each.at < at + perMs).reduce((sum, each) => sum + each.cost, 0),
    ),
  );
}

const limits = fc.record({
  max: fc.integer({ min: 1, max: 50 }),
  perMs: fc.constantFrom(1, 7, 250, 1000, 60_000, 86_400_000),
});
const start = Date.UTC(2024, 0, 1);
const ask = (back: fc.Arbitrary<number>) =>
  fc.record({
    // Slots are a twentieth of a window: what falls just short of one matters most.
    gap: fc.oneof(fc.double({ min: 0, max: 0.06, noNaN: true }), fc.double({ min: 0, max: 0.4, noNaN: true })),
    cost: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 50 })),
    back,
    waits: fc.boolean(),
  });
const steady = fc.constant(0);
const setBack = fc.oneof(
  { weight: 8, arbitrary: steady },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 5, noNaN: true }) },
);

describe('a window', () => {
  it.each([
    ['whatever is asked when', steady],
    ['also when the clock is set back', setBack],
  ])('is never exceeded in any stretch of its length, %s', (_, back) => {
    fc.assert(
      fc.property(
        limits,
        fc.array(ask(back), { minLength: 20, maxLength: 100, size: 'max' }),
        ({ max, perMs }, asks) => {
          expect(busiest(askAll(window(max, perMs), asks), perMs)).toBeLessThanOrEqual(max);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is free again at the instant a refusal names, and not much later than it need be', () => {
    fc.assert(
      fc.property(
        limits,
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 80 }),
        ({ max, perMs }, costs) => {
          let ledger = EMPTY_LEDGER;
          let now = start;
          const limit = window(max, perMs);
          for (const cost of costs.map((each) => Math.min(each, max))) {
            const next = spend(ledger, [limit], { minute: cost }, now);
            if (!isRefused(next)) {
              ledger = next;
              continue;
            }
            expect(next.until).toBeGreaterThan(now);
            expect(next.until - now).toBeLessThanOrEqual(perMs + Math.max(1, perMs / 20));
            now = next.until;
            const again = spend(ledger, [limit], { minute: cost }, now);
            expect(isRefused(again)).toBe(false);
            ledger = again as Ledger;
          }
        },
      ),
    );
  });

  it('is not shut for a year because the clock was set back by one', () => {
    const limit = window(5, 60_000);
    const full = spend(EMPTY_LEDGER, [limit], { minute: 5 }, start) as Ledger;
    const yearBefore = start - 365 * 86_400_000;
    expect((spend(full, [limit], {}, yearBefore) as Refused).until - yearBefore).toBeLessThanOrEqual(63_000);
  });

  it('gives all it has: a hundred at once where it allows a hundred', () => {
    const asks = Array.from({ length: 150 }, () => ({ gap: 0, cost: 1, back: 0, waits: false }));
    expect(askAll(window(100, 60_000), asks)).toHaveLength(100);
  });

  it('holds together with the others of its pool: what one refuses, none counts', () => {
    const second: Window = { name: 'second', max: 2, perMs: 1000 };
    const day: Window = { name: 'day', max: 3, perMs: 86_400_000 };
    const first = spend(EMPTY_LEDGER, [second, day], {}, start) as Ledger;
    const twice = spend(first, [second, day], {}, start) as Ledger;
    expect(spend(twice, [second, day], {}, start)).toMatchObject({ window: { name: 'second' } });
    expect(remaining(twice, day, start)).toBe(1);
    const third = spend(twice, [second, day], {}, start + 2000) as Ledger;
    expect(spend(third, [second, day], {}, start + 4000)).toMatchObject({ window: { name: 'day' } });
  });

  it('lets what costs nothing through, also when it is full', () => {
    const full = spend(EMPTY_LEDGER, [window(5, 1000)], { minute: 5 }, start) as Ledger;
    expect(isRefused(spend(full, [window(5, 1000)], { minute: 0 }, start))).toBe(false);
    expect(isRefused(spend(full, [window(5, 1000)], { minute: 1 }, start))).toBe(true);
  });
});

describe('a quota that starts again at midnight in New York', () => {
  const quota = window(2, 86_400_000, 'America/New_York');
  it.each([
    // before, the last instant of that day, the midnight after it
    ['in winter', '2024-01-15T12:00:00Z', '2024-01-16T05:00:00Z'],
    ['in summer', '2024-07-15T12:00:00Z', '2024-07-16T04:00:00Z'],
    ['on the day of 23 hours', '2024-03-10T05:30:00Z', '2024-03-11T04:00:00Z'],
    ['on the day of 25 hours', '2024-11-03T04:30:00Z', '2024-11-04T05:00:00Z'],
    ['on the evening before the change', '2024-03-10T04:30:00Z', '2024-03-10T05:00:00Z'],
    ['at the end of the year', '2025-01-01T04:59:59Z', '2025-01-01T05:00:00Z'],
  ])('%s', (_, at, midnight) => {
    const now = Date.parse(at);
    const reset = Date.parse(midnight);
    const used = spend(EMPTY_LEDGER, [quota], { minute: 2 }, now) as Ledger;
    expect(spend(used, [quota], {}, now)).toMatchObject({ until: reset });
    expect(spend(used, [quota], {}, reset - 1)).toMatchObject({ until: reset });
    expect(isRefused(spend(used, [quota], {}, reset))).toBe(false);
    expect(remaining(used, quota, reset)).toBe(2);
  });

  it('does not come back early by setting the clock back a day', () => {
    const now = Date.parse('2024-07-15T12:00:00Z');
    const used = spend(EMPTY_LEDGER, [quota], { minute: 2 }, now) as Ledger;
    expect(isRefused(spend(used, [quota], {}, now - 86_400_000))).toBe(true);
  });
});

describe('what a provider says of its own count', () => {
  const minute = window(100, 60_000);
  it('is taken where it is higher than ours, and not where it is lower', () => {
    const ours = spend(EMPTY_LEDGER, [minute], { minute: 10 }, start) as Ledger;
    expect(remaining(adopt(ours, [minute], { minute: 40 }, start + 1000), minute, start + 1000)).toBe(60);
    expect(remaining(adopt(ours, [minute], { minute: 4 }, start + 1000), minute, start + 1000)).toBe(90);
    expect(remaining(adopt(ours, [minute], {}, start + 1000), minute, start + 1000)).toBe(90);
  });

  it('counts what we spent in its own window only', () => {
    const before = spend(EMPTY_LEDGER, [minute], { minute: 30 }, start + 30_000) as Ledger;
    // Theirs began anew at the full minute, and holds 20: our 30 of the minute before are on top of it.
    const after = adopt(before, [minute], { minute: 20 }, start + 62_000);
    expect(remaining(after, minute, start + 62_000)).toBe(50);
  });

  it('that is no number is not taken', () => {
    for (const used of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -5]) {
      expect(remaining(adopt(EMPTY_LEDGER, [minute], { minute: used }, start), minute, start)).toBe(100);
    }
  });

  it('shuts the window until a window later, however large it is', () => {
    const told = adopt(EMPTY_LEDGER, [minute], { minute: 1e15 }, start);
    const refused = spend(told, [minute], {}, start) as Refused;
    expect(refused.until - start).toBeLessThanOrEqual(63_000);
    expect(isRefused(spend(told, [minute], {}, refused.until))).toBe(false);
  });

  it('fills a window that it calls used up', () => {
    const ours = spend(EMPTY_LEDGER, [minute], { minute: 3 }, start) as Ledger;
    const full = fill(ours, minute, start);
    expect(remaining(full, minute, start)).toBe(0);
    expect(remaining(fill(full, minute, start), minute, start)).toBe(0);
    expect(isRefused(spend(full, [minute], {}, start + 30_000))).toBe(true);
    expect(remaining(full, minute, start + 63_001)).toBe(100);
  });
});

describe('a ledger out of a file', () => {
  it('is what was written', () => {
    const ledger = spend(EMPTY_LEDGER, [window(5, 1000)], {}, start);
    expect(readLedger(JSON.parse(JSON.stringify(ledger)))).toEqual(ledger);
  });

  it('that is garbled counts for nothing and breaks nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ windows: fc.record({ minute: fc.jsonValue() }) })), (value) => {
        const ledger = readLedger(value);
        const next = spend(ledger, [window(5, 1000)], {}, start);
        if (isRefused(next)) expect(Number.isFinite(next.until)).toBe(true);
      }),
    );
    const garbled = { windows: { minute: [null, 7, { at: 'x', used: 1 }, { at: start, used: '5' }, { at: start }] } };
    expect(readLedger(garbled)).toEqual({ windows: { minute: [] } });
  });
});
