import { afterEach, describe, expect, it } from '@jest/globals';
import type { Bars } from '../../src/market/bars.js';
import type { BarRequest, Batch, Context } from '../../src/provider/index.js';
import type { Tally } from '../../src/sources/admission/admission.js';
import { fetchBars } from '../../src/sources/fetch-bars.js';
import { createHost, type Host } from '../../src/sources/host/create-host.js';
import { stubTransport } from '../support/stub-transport.js';
import { tinyProvider } from '../support/tiny-provider.js';

const HOUR = 3_600_000;
const start = Date.UTC(2024, 0, 2);
const request: BarRequest = {
  instrument: { symbol: 'BTCUSDT', native: 'BTCUSDT', assetClass: 'crypto' },
  timeframe: '1h',
  start,
  end: start + 24 * HOUR,
};
const bar = (hour: number) => ({ time: start + hour * HOUR, open: 10, high: 12, low: 9, close: 11, volume: 5 });
const hours = (from: number, count: number) => Array.from({ length: count }, (_, i) => bar(from + i));

const open: Host[] = [];
afterEach(async () => {
  for (const host of open.splice(0)) await host.close();
});

type Give = (request: BarRequest, context: Context) => AsyncIterable<Batch>;

async function fetchFrom(
  bars: unknown,
  { asked = request, signal }: { readonly asked?: BarRequest; readonly signal?: AbortSignal } = {},
) {
  const host = await createHost(tinyProvider({ bars: bars as Give }), {
    transport: stubTransport(() => ({})),
    ...(signal === undefined ? {} : { signal }),
  });
  open.push(host);
  const batches: Bars[] = [];
  let tally: Tally | undefined;
  let error: unknown;
  try {
    for await (const batch of fetchBars(host, asked, { sessions: false, onTally: (each) => (tally = each) }))
      batches.push(batch);
  } catch (cause) {
    error = cause;
  }
  return { batches, tally, error, times: batches.flatMap(({ time }) => [...time]) };
}

const yielding = (...batches: unknown[]) =>
  async function* () {
    yield* batches as Batch[];
  };

describe('what is fetched', () => {
  it('comes batch by batch, with a tally at the end', async () => {
    const { batches, tally, error } = await fetchFrom(yielding(hours(0, 5), [], [bar(5), bar(5), bar(30)]));
    expect(error).toBeUndefined();
    expect(batches.map(({ time }) => time.length)).toEqual([5, 1]);
    expect(tally).toMatchObject({ rows: 8, admitted: 6 });
    expect(Object.fromEntries(tally?.refused ?? [])).toEqual({ duplicate: 1, 'outside-range': 1 });
  });

  it('is nothing where there is nothing, and no error', async () => {
    expect(await fetchFrom(yielding())).toMatchObject({ error: undefined, batches: [], tally: { rows: 0 } });
  });

  it('may overlap from page to page: what was there is told by the store, nothing is lost', async () => {
    const { times, error } = await fetchFrom(yielding(hours(0, 5), hours(4, 5)));
    expect(error).toBeUndefined();
    expect([...new Set(times)]).toEqual(hours(0, 9).map(({ time }) => time));
  });
});

describe('an answer', () => {
  it('wholly outside what was asked is none', async () => {
    const { error, batches } = await fetchFrom(yielding(hours(-100, 10)));
    expect(error).toMatchObject({ code: 'MALFORMED', message: expect.stringContaining('all 10 rows') });
    expect(batches).toEqual([]);
  });

  it('in another unit of time is none', async () => {
    for (const scale of [1e-3, 1e3, 1e6]) {
      const { error } = await fetchFrom(yielding(hours(0, 10).map((each) => ({ ...each, time: each.time * scale }))));
      expect(error).toMatchObject({ code: 'MALFORMED' });
    }
  });

  it('of shorter bars is none, although half of them open where longer ones do', async () => {
    const halves = hours(0, 10).flatMap((each) => [each, { ...each, time: each.time + HOUR / 2 }]);
    const { error, batches } = await fetchFrom(yielding(halves));
    expect(error).toMatchObject({ code: 'MALFORMED', message: expect.stringContaining('shorter bars') });
    expect(batches).toEqual([]);
  });

  it('with a few rows off the grid, or a day of nothing else, is taken for what is on it', async () => {
    const shifted = hours(5, 5).map((each) => ({ ...each, time: each.time + 28 * 60_000 }));
    const { error, times, tally } = await fetchFrom(yielding([...hours(0, 5), ...shifted, ...hours(10, 5)]));
    expect(error).toBeUndefined();
    expect(times).toHaveLength(10);
    expect(tally?.refused.get('off-grid')).toBe(5);
    expect(await fetchFrom(yielding(shifted))).toMatchObject({ error: undefined, batches: [] });
  });

  it('partly outside is taken where it is inside', async () => {
    const { error, times } = await fetchFrom(yielding(hours(-5, 10)));
    expect(error).toBeUndefined();
    expect(times).toHaveLength(5);
  });
});

describe('a provider without end is stopped', () => {
  const endless = (page: (nth: number) => unknown) =>
    async function* () {
      for (let nth = 0; ; nth++) yield page(nth) as Batch;
    };

  it.each([
    ['that gives empty pages', () => []],
    ['that repeats its page', () => hours(0, 5)],
    ['that gives what is outside', (nth: number) => hours(-1000 * nth - 50, 10)],
    ['that gives what no bar can be', () => [{ ...bar(0), open: 'x' }]],
  ])('%s', async (_, page) => {
    const { error } = await fetchFrom(endless(page));
    expect(error).toMatchObject({ code: 'MALFORMED', message: expect.stringContaining('no end'), provider: 'tiny' });
  });

  it('that repeats its ticks, of which nobody can say how many there are', async () => {
    const asked: BarRequest = { ...request, timeframe: 'ticks' };
    const ticks = Array.from({ length: 100 }, (_, i) => ({ time: start + i, price: 10 }));
    const { error, batches } = await fetchFrom(
      endless(() => ticks),
      { asked },
    );
    expect(error).toMatchObject({ code: 'MALFORMED', message: expect.stringContaining('no end') });
    expect(batches.length).toBeLessThan(200);
  });

  it('and is told so, that it may clean up', async () => {
    let ended = false;
    const { error } = await fetchFrom(async function* () {
      try {
        for (;;) yield [];
      } finally {
        ended = true;
      }
    });
    expect(error).toMatchObject({ code: 'MALFORMED' });
    expect(ended).toBe(true);
  });
});

describe('a fault of the plugin', () => {
  it.each([
    [
      'a TypeError',
      async function* () {
        yield [bar(0)];
        (undefined as unknown as { x: { y: 1 } }).x.y;
      },
    ],
    [
      'an error before anything was asked',
      () => {
        throw new TypeError('at once');
      },
    ],
    [
      'a text that is thrown',
      async function* () {
        yield [bar(0)];
        throw 'just words';
      },
    ],
    [
      'null that is thrown',
      async function* () {
        yield [bar(0)];
        throw null;
      },
    ],
    ['nothing where batches should be', () => undefined],
    ['a batch that is a number', yielding(7)],
    ['a batch that is null', yielding(null)],
    ['rows that are null', yielding([null])],
    ['rows without a time', yielding([{ open: 1 }])],
    [
      'columns of different lengths',
      yielding({ time: new Float64Array(2), columns: ['open'], values: [new Float64Array(1)] }),
    ],
    ['columns that are plain lists', yielding({ time: [1], columns: ['open'], values: [[1]] })],
    ['columns without names', yielding({ time: new Float64Array(1), columns: [1], values: [new Float64Array(1)] })],
  ])('%s is MALFORMED, and names the provider', async (_, bars) => {
    const { error } = await fetchFrom(bars);
    expect(error).toMatchObject({
      name: 'ProviderError',
      code: 'MALFORMED',
      provider: 'tiny',
      message: expect.stringMatching(/^Tiny: /),
    });
  });

  it('that is a coded error stays what it is', async () => {
    const { error } = await fetchFrom(async function* (_: BarRequest, context: Context) {
      yield [bar(0)];
      throw context.error('OUT_OF_REACH', 'not so far back');
    });
    expect(error).toMatchObject({ code: 'OUT_OF_REACH' });
  });
});

describe('called off', () => {
  it('it ends with the reason, between batches and within', async () => {
    for (const wait of [false, true]) {
      const stop = new AbortController();
      const reason = new Error('called off');
      const { error, batches } = await fetchFrom(
        async function* (_: BarRequest, { signal }: Context) {
          yield [bar(0)];
          stop.abort(reason);
          if (wait) signal.throwIfAborted();
          yield [bar(1)];
        },
        { signal: stop.signal },
      );
      expect(error).toBe(reason);
      expect(batches).toHaveLength(1);
    }
  });
});
