import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Limits, Window } from '../../../../src/provider/index.js';
import { createErrors } from '../../../../src/sources/host/host-error.js';
import { createMemoryState, type SharedState } from '../../../../src/sources/host/limits/shared-state.js';
import { Turnstile } from '../../../../src/sources/host/limits/turnstile.js';
import { openSharedState } from '../../../../src/store/shared-state.js';
import { temporaryFolder } from '../../../support/temp-folder.js';

const error = createErrors('tiny', 'Tiny', (text) => text);
const DAY = 86_400_000;
const root = temporaryFolder();

const made: Turnstile[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.close();
});

function turnstile(limits: Limits, state: SharedState = createMemoryState(), signal = new AbortController().signal) {
  const each = new Turnstile({ limits, state, scope: 'tiny', longestWaitMs: 2000, error, signal });
  made.push(each);
  return each;
}

const limited = (concurrency: number, ...windows: Window[]): Limits => ({ pools: { main: { concurrency, windows } } });

async function pass(at: Turnstile, cost = {}): Promise<number> {
  const lease = await at.enter(undefined, cost);
  lease.leave();
  return Date.now();
}

/** When each was let in: by whoever had the ledger, so that no busy machine says it late. */
function watched(state: SharedState, passed: number[]): SharedState {
  return {
    ...state,
    update: (name, change) =>
      state.update(name, (current) => {
        const changed = change(current);
        if (changed.next !== undefined) passed.push(Date.now());
        return changed;
      }),
  };
}

describe('two turnstiles over one state', () => {
  it('stay below the window together', async () => {
    const passed: number[] = [];
    const state = watched(openSharedState(mkdtempSync(path.join(root, 'together-'))), passed);
    const minute: Window = { name: 'second', max: 4, perMs: 600 };
    const both = [turnstile(limited(8, minute), state), turnstile(limited(8, minute), state)];
    await Promise.all(Array.from({ length: 12 }, (_, i) => pass(both[i % 2] as Turnstile)));
    expect(passed).toHaveLength(12);
    // The ledger rounds to whole milliseconds.
    for (const [i, at] of passed.entries()) {
      expect(passed.slice(i).filter((each) => each < at + 598).length).toBeLessThanOrEqual(4);
    }
  });

  it('a gate that one shut is shut for the other, and for whoever comes after a restart', async () => {
    const folder = mkdtempSync(path.join(root, 'gate-'));
    await turnstile(limited(1), openSharedState(folder)).shut(undefined, Date.now() + 3 * DAY);
    await expect(pass(turnstile(limited(1), openSharedState(folder)))).rejects.toMatchObject({
      code: 'THROTTLED',
      until: expect.any(Number),
    });
  });

  it('a gate that opens soon is waited for', async () => {
    const state = createMemoryState();
    const until = Date.now() + 300;
    await turnstile(limited(1), state).shut(undefined, until);
    expect(await pass(turnstile(limited(1), state))).toBeGreaterThanOrEqual(until);
  });

  it('a later end of a ban stands, an earlier one does not', async () => {
    const at = turnstile(limited(1));
    await at.shut(undefined, Date.now() + 10 * DAY);
    await at.shut(undefined, Date.now() + 10);
    await expect(pass(at)).rejects.toMatchObject({ code: 'THROTTLED' });
  });
});

describe('gates', () => {
  it('are the provider’s own, so that a ban on one pool stops all, unless pools name theirs', async () => {
    const one = turnstile({ pools: { a: { concurrency: 1, windows: [] }, b: { concurrency: 1, windows: [] } } });
    await one.shut('a', Date.now() + DAY);
    await expect(one.enter('b', {})).rejects.toMatchObject({ code: 'THROTTLED' });
    const two = turnstile({
      pools: { a: { concurrency: 1, windows: [], gate: 'a' }, b: { concurrency: 1, windows: [], gate: 'b' } },
    });
    await two.shut('a', Date.now() + DAY);
    (await two.enter('b', {})).leave();
  });
});

describe('a daily window', () => {
  const day: Window = { name: 'day', max: 3, perMs: DAY, resetZone: 'America/New_York' };

  it('that is used up is QUOTA with the time to come back, at once, in this run and the next', async () => {
    const folder = mkdtempSync(path.join(root, 'day-'));
    const first = turnstile(limited(1, day), openSharedState(folder));
    for (let i = 0; i < 3; i++) await pass(first);
    for (const each of [first, turnstile(limited(1, day), openSharedState(folder))]) {
      const refused = await pass(each).catch((cause: unknown) => cause);
      expect(refused).toMatchObject({ code: 'QUOTA', message: expect.stringContaining('3 requests of its day') });
      const { until } = refused as { until: number };
      expect(until).toBeGreaterThan(Date.now());
      expect(until - Date.now()).toBeLessThanOrEqual(25 * 3_600_000);
    }
    expect(await first.left(undefined)).toEqual([{ window: day, left: 0 }]);
  });

  it('that the provider calls used up is believed', async () => {
    const at = turnstile(limited(1, day, { name: 'second', max: 10, perMs: 1000 }));
    await at.exhaust(undefined, undefined);
    await expect(pass(at)).rejects.toMatchObject({ code: 'QUOTA' });
  });

  it('without such a window, a used-up allowance shuts the gate until then', async () => {
    const at = turnstile(limited(1));
    const until = Date.now() + DAY;
    await at.exhaust(undefined, until);
    await expect(pass(at)).rejects.toMatchObject({ code: 'THROTTLED', until });
  });

  it('is fed by what the provider reports', async () => {
    const at = turnstile(limited(1, day));
    await at.report({ used: { day: 2 } });
    expect(await at.left(undefined)).toMatchObject([{ left: 1 }]);
    await pass(at);
    await expect(pass(at)).rejects.toMatchObject({ code: 'QUOTA' });
  });
});

describe('what cannot be', () => {
  it.each([
    ['a weight above the window', { second: 11 }],
    ['a fraction', { second: 1.5 }],
    ['a negative weight', { second: -1 }],
    ['not a number', { second: Number.NaN }],
  ])('%s is refused at once', async (_, cost) => {
    const at = turnstile(limited(1, { name: 'second', max: 10, perMs: 1000 }));
    await expect(at.enter(undefined, cost)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    // … and the place it had taken is free again.
    await pass(at);
  });

  it('an unknown pool is refused by its name', async () => {
    await expect(turnstile(limited(1)).enter('bulk', {})).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      message: expect.stringContaining('bulk'),
    });
  });
});

describe('places', () => {
  it('are as many as the pool allows, and given on when left', async () => {
    const at = turnstile(limited(2));
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 9 }, async () => {
        const lease = await at.enter(undefined, {});
        most = Math.max(most, ++inside);
        await new Promise((resolve) => setTimeout(resolve, 5));
        inside--;
        lease.leave();
      }),
    );
    expect(most).toBe(2);
  });

  it('a wait at the gate or the window ends when it is called off', async () => {
    const stop = new AbortController();
    const at = turnstile(limited(1, { name: 'second', max: 1, perMs: 60_000 }), createMemoryState(), stop.signal);
    await pass(at);
    const begun = performance.now();
    const waiting = pass(at);
    setTimeout(() => stop.abort(new Error('called off')), 20);
    await expect(waiting).rejects.toThrow('called off');
    expect(performance.now() - begun).toBeLessThan(500);
  });
});

describe('a state that somebody garbled', () => {
  it.each([
    ['no object', 7],
    ['no pools', { pools: 'x', gates: 'y' }],
    ['no windows', { pools: { main: {} }, gates: {} }],
    ['windows of nothing', { pools: { main: { windows: null } } }],
    ['slots of nonsense', { pools: { main: { windows: { day: [{ at: 'x', used: null }, null, 3] } } } }],
    ['a ban without end', { gates: { provider: 'for ever' }, pools: { main: { windows: { day: 'x' } } } }],
  ])('%s: counts for nothing', async (_, current) => {
    const state = createMemoryState();
    await state.update('tiny', () => ({ next: current, result: undefined }));
    const at = turnstile(limited(1, { name: 'day', max: 3, perMs: DAY }), state);
    await pass(at);
    await at.report({ used: { day: 1 } });
    expect(await at.left(undefined)).toMatchObject([{ left: 2 }]);
  });
});
