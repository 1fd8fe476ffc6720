import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { createHost, type Host, type HostOptions } from '../../../src/sources/host/create-host.js';
import type { Patience } from '../../../src/sources/host/patience.js';
import { type StubReply, stubTransport } from '../../support/stub-transport.js';
import { type Tiny, tinyProvider } from '../../support/tiny-provider.js';

const anything = z.unknown();
const url = 'http://tiny.example/x';
const open: Host[] = [];
afterEach(async () => {
  for (const host of open.splice(0)) await host.close();
});

type Answer = (nth: number) => StubReply | Promise<StubReply>;

async function start(
  answer: Answer,
  patience: Partial<Patience> = {},
  more: HostOptions & Parameters<typeof tinyProvider>[0] = {},
) {
  const transport = stubTransport((_, nth) => answer(nth));
  const { windows, judge, ...options } = more;
  const extra: Partial<Tiny> = { ...(judge === undefined ? {} : { judge }) };
  const host = await createHost(tinyProvider({ ...extra, ...(windows === undefined ? {} : { windows }) }), {
    transport,
    ...options,
    patience: { firstPauseMs: 1, longestPauseMs: 4, ...patience },
  });
  open.push(host);
  return { host, sent: transport.sent, ask: () => host.context.http.json({ url }, anything) };
}

const down: Answer = () => ({ status: 503 });

describe('attempts', () => {
  it('are made until one succeeds', async () => {
    const { ask, sent } = await start((nth) => ({ status: nth < 4 ? 502 : 200 }));
    await ask();
    expect(sent).toHaveLength(4);
  });

  it('of what can never succeed is one', async () => {
    for (const status of [400, 401, 403, 404, 451]) {
      const { ask, sent } = await start(() => ({ status }));
      await ask().catch(() => undefined);
      expect(sent).toHaveLength(1);
    }
  });

  it('of a body that is no JSON are several, of one of another shape one', async () => {
    const cut = await start(() => ({ body: '{"a":' }));
    await expect(cut.ask()).rejects.toMatchObject({ code: 'MALFORMED' });
    expect(cut.sent).toHaveLength(5);
    const other = await start(() => ({ body: '[]' }));
    await expect(other.host.context.http.json({ url }, z.object({}))).rejects.toMatchObject({ code: 'MALFORMED' });
    expect(other.sent).toHaveLength(1);
  });

  it('pause between a fifth and all of a time that doubles up to its longest', async () => {
    const gaps: number[][] = [[], [], [], []];
    for (let round = 0; round < 12; round++) {
      const { ask, sent } = await start(down, { firstPauseMs: 20, longestPauseMs: 50 });
      await ask().catch(() => undefined);
      for (let i = 1; i < sent.length; i++) gaps[i - 1]?.push((sent[i]?.at as number) - (sent[i - 1]?.at as number));
    }
    for (const [i, most] of [20, 40, 50, 50].entries()) {
      const seen = gaps[i] as number[];
      expect(seen).toHaveLength(12);
      expect(Math.min(...seen)).toBeGreaterThanOrEqual(most * 0.2 - 1.5);
      // A busy machine is late by some milliseconds, and now and then by more.
      expect(seen.sort((a, b) => a - b)[8]).toBeLessThan(most + 60);
      // Jitter: a dozen are never all the same.
      expect(Math.max(...seen) - Math.min(...seen)).toBeGreaterThan(most * 0.15);
    }
  });

  it('end when the request’s time is used up, pauses included', async () => {
    const { ask, sent } = await start(down, { attempts: 1000, firstPauseMs: 20, longestPauseMs: 40, totalMs: 250 });
    const begun = performance.now();
    await expect(ask()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    // A thousand attempts would take half a minute.
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(sent.length).toBeGreaterThan(3);
    expect(sent.length).toBeLessThan(60);
  });

  it('end in the middle of one that hangs', async () => {
    const { ask } = await start(() => new Promise(() => undefined), { totalMs: 100, headMs: 60_000 });
    const begun = performance.now();
    await expect(ask()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  it('end at once when called off: while asking, and in a pause, however long', async () => {
    for (const answer of [
      () => new Promise<StubReply>(() => undefined),
      () => ({ status: 503, headers: { 'retry-after': '50' } }),
    ]) {
      const stop = new AbortController();
      const { ask } = await start(answer, { firstPauseMs: 30_000, longestPauseMs: 30_000 }, { signal: stop.signal });
      const begun = performance.now();
      setTimeout(() => stop.abort(new Error('called off')), 30);
      await expect(ask()).rejects.toThrow('called off');
      expect(performance.now() - begun).toBeLessThan(1000);
    }
  });

  it('keep to a wait that was stated, which does not use up the request’s own time', async () => {
    const { ask, sent } = await start((nth) => (nth === 1 ? { status: 503, headers: { 'retry-after': '1' } } : {}), {
      totalMs: 400,
    });
    await ask();
    expect((sent[1]?.at as number) - (sent[0]?.at as number)).toBeGreaterThanOrEqual(990);
  });
});

describe('the breaker', () => {
  it('leaves a provider alone that failed ten times within a minute', async () => {
    const { ask, sent } = await start(down, { attempts: 1 });
    for (let i = 0; i < 10; i++) await expect(ask()).rejects.toMatchObject({ code: 'UNAVAILABLE', status: 503 });
    const refused = await ask().catch((cause: unknown) => cause);
    expect(refused).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('left alone') });
    expect(sent).toHaveLength(10);
  });

  it('counts nothing as sent that it held back', async () => {
    const day = { name: 'day', max: 25, perMs: 86_400_000 };
    const { ask, host } = await start(down, { attempts: 1 }, { windows: [day] });
    for (let i = 0; i < 20; i++) await ask().catch(() => undefined);
    expect(await host.turnstile.left(undefined)).toMatchObject([{ left: 15 }]);
  });

  it('is not tripped by throttles, nor by refusals', async () => {
    const { ask, sent } = await start(
      (nth) => ({ status: nth % 2 === 0 ? 404 : 429, headers: { 'retry-after': '0' } }),
      {
        attempts: 1,
      },
    );
    for (let i = 0; i < 40; i++) await ask().catch(() => undefined);
    expect(sent).toHaveLength(40);
  });

  it('is not tripped where most succeeds', async () => {
    const { ask, sent } = await start((nth) => ({ status: nth % 3 === 0 ? 503 : 200 }), { attempts: 1 });
    for (let i = 0; i < 60; i++) await ask().catch(() => undefined);
    expect(sent).toHaveLength(60);
  });
});

describe('a throttle', () => {
  it('shuts the gate for as long as it says, and is tried again then', async () => {
    const { ask, sent } = await start((nth) => (nth === 1 ? { status: 429, headers: { 'retry-after': '1' } } : {}));
    await ask();
    expect((sent[1]?.at as number) - (sent[0]?.at as number)).toBeGreaterThanOrEqual(990);
  });

  it('that goes on is given up after so many attempts', async () => {
    const { ask, sent } = await start(() => ({ status: 429, headers: { 'retry-after': '0' } }), { attempts: 3 });
    await expect(ask()).rejects.toMatchObject({ code: 'THROTTLED' });
    expect(sent).toHaveLength(3);
  });

  it('seen by a judge in a reply with status 200 is one all the same', async () => {
    const { ask, sent } = await start(
      () => ({ body: '{"Note":"5 calls per minute"}' }),
      { attempts: 2 },
      {
        judge: ({ text }, error) => {
          if (text.includes('Note')) throw error('THROTTLED', 'too fast', { retryAfterMs: 20 });
          return undefined;
        },
      },
    );
    await expect(ask()).rejects.toMatchObject({ code: 'THROTTLED' });
    expect(sent).toHaveLength(2);
  });
});

describe('a used-up quota', () => {
  it('is told at once, and by the ledger alone the next time', async () => {
    const day = { name: 'day', max: 25, perMs: 86_400_000, resetZone: 'America/New_York' };
    const { ask, sent } = await start(
      () => ({ body: 'used up' }),
      {},
      {
        windows: [day],
        judge: (_, error) => {
          throw error('QUOTA', 'the 25 requests of today are used up');
        },
      },
    );
    await expect(ask()).rejects.toMatchObject({ code: 'QUOTA' });
    await expect(ask()).rejects.toMatchObject({ code: 'QUOTA', until: expect.any(Number) });
    expect(sent).toHaveLength(1);
  });

  it('by our own count leaves the rest for what is cheaper', async () => {
    const day = { name: 'day', max: 5, perMs: 86_400_000 };
    const { host, ask } = await start(() => ({}), {}, { windows: [day] });
    const dear = () => host.context.http.json({ url, cost: { day: 3 } }, anything);
    await dear();
    await expect(dear()).rejects.toMatchObject({ code: 'QUOTA' });
    await ask();
    await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'QUOTA' });
  });
});
