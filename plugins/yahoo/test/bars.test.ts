import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { BarRequest, Row, Timeframe } from '../../../src/provider/index.js';
import { yahoo } from '../src/index.js';
import { envelope, type Line, makeChart } from './make-chart.js';
import { type Scripted, scriptHost } from './scripted-host.js';

const DAY = 86_400_000;
const AAPL = { symbol: 'AAPL', native: 'AAPL', assetClass: 'equity' } as const;

const ask = (start: string, end: string, timeframe: Timeframe = '1d'): BarRequest => ({
  instrument: AAPL,
  timeframe,
  start: Date.parse(start),
  end: Date.parse(end),
});

async function collect(
  request: BarRequest,
  answer: (url: URL, nth: number) => Scripted,
  given: Parameters<typeof scriptHost>[1] = {},
) {
  const { context, asked, close } = await scriptHost(answer, given);
  const rows: Row[] = [];
  try {
    for await (const batch of yahoo.bars(request, context)) rows.push(...(batch as readonly Row[]));
    return { rows, asked, error: undefined };
  } catch (error) {
    return { rows, asked, error: error as Error & { code?: string } };
  } finally {
    await close();
  }
}

const chart = (lines: readonly Line[], meta?: Parameters<typeof makeChart>[1]): Scripted => ({
  body: envelope(makeChart(lines, meta)),
});
const JANUARY = ask('2024-01-02', '2024-01-05');

describe('a chart by way of yahoo-finance2 and the host', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('is asked for without before- and after-hours, at the root that was configured', async () => {
    const { asked, rows } = await collect(JANUARY, () => chart([{ at: '2024-01-02T14:30Z' }]), {
      url: 'http://127.0.0.1:4711/yahoo',
    });
    expect(rows).toHaveLength(1);
    const url = asked[0]?.url as URL;
    expect(`${url.origin}${url.pathname}`).toBe('http://127.0.0.1:4711/yahoo/v8/finance/chart/AAPL');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      interval: '1d',
      includePrePost: 'false',
      events: 'div|split',
    });
    expect(asked[0]?.headers).not.toHaveProperty('cookie');
  });

  it('never prints, whatever comes', async () => {
    const out = jest.spyOn(process.stdout, 'write');
    const err = jest.spyOn(process.stderr, 'write');
    const lengths = { ...makeChart([{ at: '2024-01-02T14:30Z' }]), timestamp: [1, 2, 3] };
    for (const body of [
      envelope(lengths),
      '{}',
      '[]',
      'null',
      '{"chart":{"result":[{}]}}',
      '<html>',
      '{"chart":{"result":[{"meta":1}]}}',
    ]) {
      for (const status of [200, 404, 429, 500]) await collect(JANUARY, () => ({ status, body }));
    }
    expect(out).not.toHaveBeenCalled();
    expect(err).not.toHaveBeenCalled();
  });

  it('of an odd symbol stays one path', async () => {
    const odd = { ...JANUARY, instrument: { ...AAPL, native: 'A/../B?x#y' } };
    const { asked } = await collect(odd, () => chart([]));
    expect(asked[0]?.url.pathname).toBe('/v8/finance/chart/A%2F..%2FB%3Fx%23y');
  });

  it.each([
    ['text for a number', (body: string) => body.replace('[10]', '["0x10"]')],
    ['an infinite price', (body: string) => body.replace('[12]', '[1e999]')],
    ['a time that is text', (body: string) => body.replace(/"timestamp":\[\d+\]/, '"timestamp":["2024"]')],
    ['no chart at all', () => '{"something":{"result":[{}]}}'],
    ['an array', () => '[]}'],
    ['a chart as deep as it is long', () => `{"chart":{"result":[${'['.repeat(100_000)}${']'.repeat(100_000)}]}}`],
    ['a prototype for a chart', () => '{"__proto__":{"result":[{}]}}'],
    ['columns of different lengths', (body: string) => body.replace('[12]', '[12,13]')],
    ['an unknown zone', (body: string) => body.replace('America/New_York', 'Mars/Olympus')],
  ])('with %s is malformed', async (_what, spoil) => {
    const { error, rows } = await collect(JANUARY, () => ({ body: spoil(chart([{ at: '2024-01-02T14:30Z' }]).body) }));
    expect(error).toMatchObject({ code: 'MALFORMED' });
    expect(rows).toEqual([]);
  });

  it.each([
    [
      { status: 404, body: '{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found"}}}' },
      'SYMBOL_UNKNOWN',
    ],
    [{ status: 429, body: 'Edge: Too Many Requests' }, 'THROTTLED'],
    [{ status: 502, body: '<html>' }, 'UNAVAILABLE'],
    [{ status: 200, body: '{"chart":{"result":null,"error":null}}' }, 'UNAVAILABLE'],
  ])('%# keeps the meaning the library loses', async (reply, code) => {
    const { error } = await collect(JANUARY, () => reply);
    expect(error).toMatchObject({ name: 'ProviderError', code });
  });

  it('is empty where nothing was traded, and that is no error', async () => {
    expect(await collect(JANUARY, () => chart([]))).toMatchObject({ rows: [], error: undefined });
  });

  it('stops when nobody wants it any more', async () => {
    const { context, close } = await scriptHost(() => chart([{ at: '2024-05-20T13:30Z' }]));
    const stopped = { ...context, signal: AbortSignal.abort(new Error('enough')) };
    await expect(yahoo.bars(JANUARY, stopped)[Symbol.asyncIterator]().next()).rejects.toThrow('enough');
    await close();
  });
});

describe('reach', () => {
  const now = Date.parse('2024-06-03T12:00Z');

  it('is asked in weeks for minutes, and clamped where the range begins before it', async () => {
    const { asked, error } = await collect(ask('2024-01-01', '2024-06-03', '1m'), () => chart([]), { now });
    expect(error).toBeUndefined();
    const spans = asked.map(
      ({ url }) => Number(url.searchParams.get('period2')) - Number(url.searchParams.get('period1')),
    );
    expect(asked).toHaveLength(5);
    expect(Math.max(...spans)).toBeLessThan(8 * 86_400);
    expect(Number(asked[0]?.url.searchParams.get('period1')) * 1000).toBe(now - 29 * DAY);
  });

  it('says since when there is something, where all of the range lies before it', async () => {
    const { asked, error } = await collect(ask('2024-01-01', '2024-02-01', '5m'), () => chart([]), { now });
    expect(asked).toEqual([]);
    expect(error).toMatchObject({ code: 'OUT_OF_REACH', message: expect.stringContaining('2024-04-05T12:00:00.000Z') });
  });

  it('may begin within a range: a share that is younger than the first request', async () => {
    const old = {
      status: 400,
      body: '{"chart":{"result":null,"error":{"code":"Bad Request","description":"Data doesn\'t exist for startDate = 1, endDate = 2"}}}',
    };
    const range = ask('2024-05-10', '2024-05-24', '1m');
    const young = await collect(range, (_url, nth) => (nth === 1 ? old : chart([{ at: '2024-05-20T13:30Z' }])), {
      now,
    });
    expect(young).toMatchObject({ error: undefined, rows: [{ time: Date.parse('2024-05-20T13:30Z') }] });
    expect(await collect(range, () => old, { now })).toMatchObject({ error: { code: 'OUT_OF_REACH' } });
  });

  it('does not include what has not been', async () => {
    const { asked, rows } = await collect(ask('2024-06-04', '2024-06-05'), () => chart([]), { now });
    expect([asked, rows]).toEqual([[], []]);
  });

  it('knows no four hours', async () => {
    expect(await collect(ask('2024-05-01', '2024-05-02', '4h'), () => chart([]))).toMatchObject({
      error: { code: 'UNSUPPORTED' },
    });
  });
});

describe('what else it tells', () => {
  const first = Date.parse('1980-12-12T14:30Z');
  it.each([
    ['1d', '1980-12-12T00:00Z'],
    ['1w', '1980-12-08T00:00Z'],
    ['1mo', '1980-12-01T00:00Z'],
    ['1h', '1980-12-12T14:30Z'],
  ] as const)('the first %s bar', async (timeframe, expected) => {
    const { context, asked, close } = await scriptHost(() => chart([], { firstTradeDate: first / 1000 }));
    expect(await yahoo.firstBar?.({ instrument: AAPL, timeframe }, context)).toBe(Date.parse(expected));
    expect(asked).toHaveLength(1);
    await close();
  });

  it('that it is up, and its clock', async () => {
    const { context, close } = await scriptHost(() => ({
      ...chart([], { regularMarketTime: 1717185600 }),
      headers: { date: 'Mon, 03 Jun 2024 12:00:05 GMT' },
    }));
    expect(await yahoo.probe?.(context)).toEqual({
      detail: 'answers; AAPL last traded 2024-05-31T20:00:00.000Z',
      serverTime: Date.parse('2024-06-03T12:00:05Z'),
    });
    await close();
  });
});
