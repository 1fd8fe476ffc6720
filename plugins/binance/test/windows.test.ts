import { expect, it } from '@jest/globals';
import type { BarRequest, Bars, Timeframe } from '../../../src/provider/index.js';
import { binance } from '../src/index.js';
import { HOUR, row } from './kline-row.js';
import { CM, collect, failure, request, type Scripted, scriptHost } from './scripted-host.js';

const DAY = 24 * HOUR;
const NOW = Date.parse('2026-01-01T00:30:00Z');
const LENGTHS: Readonly<Record<string, number>> = {
  '1m': 60_000,
  '1h': HOUR,
  '8h': 8 * HOUR,
  '1d': DAY,
  '1w': 7 * DAY,
};
const MONDAY = Date.parse('2020-06-01');

const openOf = (interval: string, time: number): number => {
  if (interval === '1M') return Date.UTC(new Date(time).getUTCFullYear(), new Date(time).getUTCMonth());
  const [length, origin] = [LENGTHS[interval] as number, interval === '1w' ? MONDAY : 0];
  return Math.floor((time - origin) / length) * length + origin;
};
const closeOf = (interval: string, open: number): number =>
  interval === '1M' ? openOf(interval, open + 31 * DAY) - 1 : open + (LENGTHS[interval] as number) - 1;

/** Answers as COIN-M does: at most 200 days, the newest bars before the end; longer bars where there are minutes. */
function serve(spells: readonly (readonly [start: string, end: string])[], now = NOW) {
  return ({ searchParams: query }: URL): Scripted => {
    const interval = query.get('interval') as string;
    const text = (name: string) => query.get(name);
    const start = Number(text('startTime') ?? Number(text('endTime') ?? now) - 200 * DAY);
    const end = Number(text('endTime') ?? Math.min(now, start + 200 * DAY));
    if (end - start > 200 * DAY) {
      return { status: 400, body: '{"code":-4088,"msg":"Maximum time interval is 200 days."}' };
    }
    const opens = new Set<number>();
    for (const [first, after] of spells) {
      const upto = Math.min(Date.parse(after), now, end + 1);
      let open = openOf(interval, Math.max(Date.parse(first), start));
      for (; open < upto; open = closeOf(interval, open) + 1) if (open >= start) opens.add(open);
    }
    const rows = [...opens].slice(-Number(text('limit') ?? 500)).map((open) => row(open, closeOf(interval, open)));
    return { body: JSON.stringify(rows) };
  };
}

async function run(
  answer: (url: URL) => Scripted,
  from: string,
  to: string,
  timeframe: Timeframe,
  now = NOW,
): Promise<{ times: number[]; asked: URL[] }> {
  const scripted = await scriptHost(answer, { now });
  try {
    const asked: BarRequest = request(from, to, { instrument: CM, timeframe });
    const batches = (await collect(binance.bars(asked, scripted.context))) as Bars[];
    return { times: batches.flatMap(({ time }) => [...time]), asked: scripted.asked };
  } finally {
    await scripted.close();
  }
}

async function findFirst(answer: (url: URL) => Scripted, timeframe: Timeframe, now = NOW) {
  const scripted = await scriptHost(answer, { now });
  try {
    return { at: await binance.firstBar?.({ instrument: CM, timeframe }, scripted.context), asked: scripted.asked };
  } finally {
    await scripted.close();
  }
}

const grid = (from: string, to: string, step: number) =>
  Array.from({ length: Math.ceil((Date.parse(to) - Date.parse(from)) / step) }, (_, i) => Date.parse(from) + i * step);
const ask = ({ searchParams }: URL) => ({
  interval: searchParams.get('interval'),
  start: new Date(Number(searchParams.get('startTime'))).toISOString().slice(0, 16),
  bars: searchParams.get('limit'),
});

it('asks for windows that a page holds, so that the newest first are all of them', async () => {
  const got = await run(serve([['2020-08-10T07:00Z', '2030-01-01']]), '2025-03-01', '2025-03-04', '1m');
  expect(got.times).toEqual(grid('2025-03-01', '2025-03-04', 60_000));
  expect(got.asked).toHaveLength(9);
  for (const { searchParams: query } of got.asked) {
    const [start, end, limit] = ['startTime', 'endTime', 'limit'].map((name) => Number(query.get(name)));
    expect((end as number) - (start as number)).toBeLessThan((limit as number) * 60_000);
  }
});

it.each<[Timeframe, number, number]>([
  ['1d', DAY, 11],
  ['1w', 7 * DAY, 11],
  ['8h', 8 * HOUR, 13],
])('asks for six years of %s in windows of 200 days at most', async (timeframe, step, requests) => {
  const [from, to] = ['2019-12-30', '2025-12-29'];
  const got = await run(serve([['2020-06-01', '2030-01-01']]), from, to, timeframe);
  expect(got.times).toEqual(grid('2020-06-01', to, step));
  expect(got.asked).toHaveLength(requests);
});

it('asks for six years of months', async () => {
  const got = await run(serve([['2020-08-10T07:00Z', '2030-01-01']]), '2019-01-01', '2025-12-01', '1mo');
  expect(got.times).toEqual(Array.from({ length: 64 }, (_, i) => Date.UTC(2020, 7 + i)));
  expect(got.asked).toHaveLength(10);
});

it('skips years without a bar by days, and goes on after them', async () => {
  const server = serve([
    ['2021-02-01', '2021-02-01T06:00Z'],
    ['2024-05-05T22:00Z', '2024-05-06T02:00Z'],
  ]);
  const got = await run(server, '2015-01-01', '2025-12-01', '1m');
  expect(got.times).toEqual([
    ...grid('2021-02-01', '2021-02-01T06:00Z', 60_000),
    ...grid('2024-05-05T22:00Z', '2024-05-06T02:00Z', 60_000),
  ]);
  expect(got.asked.map(ask).slice(0, 4)).toEqual([
    { interval: '1m', start: '2020-06-01T00:00', bars: '499' },
    { interval: '1d', start: '2020-06-01T00:00', bars: '499' },
    { interval: '1d', start: '2020-12-18T00:00', bars: '499' },
    { interval: '1m', start: '2021-02-01T00:00', bars: '499' },
  ]);
  expect(got.asked.length).toBeLessThan(35);
});

it('ends with the last bar there is, after a look at each 200 days to the end', async () => {
  const got = await run(serve([['2020-08-10T07:00Z', '2020-09-25T08:00Z']]), '2020-09-25', '2025-12-01', '1h');
  expect(got.times).toEqual(grid('2020-09-25', '2020-09-25T08:00Z', HOUR));
  expect(got.asked.map(ask).map(({ interval }) => interval)).toEqual(['1h', '1h', ...Array(10).fill('1d')]);
});

it('asks once for nothing that fits into one page', async () => {
  expect((await run(serve([]), '2024-01-01', '2024-01-02', '1h')).asked).toHaveLength(1);
  expect((await run(serve([]), '2010-01-01', '2020-01-01', '1h')).asked).toEqual([]);
});

it('comes to an end where days have bars, and their minutes none', async () => {
  const days = serve([['2024-01-01', '2030-01-01']]);
  const holey = (url: URL) => (url.searchParams.get('interval') === '1m' ? { body: '[]' } : days(url));
  const got = await run(holey, '2024-01-01', '2024-01-08', '1m');
  expect([got.times, got.asked.length < 50]).toEqual([[], true]);
});

it('stops at the data clock', async () => {
  const now = Date.parse('2025-03-01T02:30:00Z');
  const got = await run(serve([['2020-08-10T07:00Z', '2030-01-01']], NOW), '2025-03-01', '2025-04-01', '1h', now);
  expect(got.times).toEqual(grid('2025-03-01', '2025-03-01T02:00Z', HOUR));
  expect(got.asked.map(({ searchParams }) => Number(searchParams.get('endTime')))).toEqual([now - 1]);
});

it('refuses bars from elsewhere, in a page and in the search for a day', async () => {
  const latest = (url: URL) => ({ body: serve([['2025-12-01', '2030-01-01']])(withoutBounds(url)).body });
  expect((await failure(run(latest, '2021-01-01', '2022-01-01', '1h'))).code).toBe('MALFORMED');
  const sly = (url: URL) => (url.searchParams.get('interval') === '1d' ? latest(url) : { body: '[]' });
  expect((await failure(run(sly, '2021-01-01', '2022-01-01', '1h'))).code).toBe('MALFORMED');
});

function withoutBounds(url: URL): URL {
  const plain = new URL(url);
  for (const name of ['startTime', 'endTime']) plain.searchParams.delete(name);
  return plain;
}

it.each<[Timeframe, string, number]>([
  ['1m', '2023-10-04T19:23Z', 5],
  ['1h', '2023-10-04T19:00Z', 1],
  ['1d', '2023-10-04', 0],
  ['1w', '2023-10-02', 1],
  ['1mo', '2023-10-01', 1],
])('finds the first bar of %s by its day', async (timeframe, first, more) => {
  const { at, asked } = await findFirst(serve([['2023-10-04T19:23Z', '2030-01-01']]), timeframe);
  expect(at).toBe(Date.parse(first));
  const days = asked.map(ask).filter(({ interval }) => interval === '1d');
  expect(days[0]).toEqual({ interval: '1d', start: '2020-06-01T00:00', bars: '499' });
  expect(days).toHaveLength(7);
  expect(asked.length - days.length).toBeLessThanOrEqual(more);
});

it('finds the first bar of a contract that began an hour ago', async () => {
  const now = Date.parse('2025-09-10T10:17Z');
  const server = serve([['2025-09-10T09:00Z', '2030-01-01']], now);
  expect((await findFirst(server, '1h', now)).at).toBe(Date.parse('2025-09-10T09:00Z'));
  expect((await findFirst(server, '1mo', now)).at).toBe(Date.parse('2025-09-01'));
});

it('tells a symbol without a first bar from one that nobody knows', async () => {
  expect(await findFirst(serve([]), '1h')).toMatchObject({ at: undefined });
  const unknown = () => ({ status: 400, body: '{"code":-1121,"msg":"Invalid symbol."}' });
  expect((await failure(findFirst(unknown, '1h'))).code).toBe('SYMBOL_UNKNOWN');
});

it('says how many bars a window has room for', () => {
  const market = binance
    .capabilities({
      restUrl: 'https://a.test',
      futuresUrl: 'https://b.test',
      coinFuturesUrl: 'https://c.test',
      archiveUrl: 'https://d.test',
    } as Parameters<typeof binance.capabilities>[0])
    .markets.find((each) => each.market === 'cm');
  const most = Object.fromEntries(
    (market?.timeframes ?? []).map(({ timeframe, barsPerRequest, cost }) => [
      timeframe,
      [barsPerRequest, cost?.weight],
    ]),
  );
  expect(most).toMatchObject({
    '1m': [499, 2],
    '8h': [499, 2],
    '12h': [400, 2],
    '1d': [200, 2],
    '3d': [66, 1],
    '1w': [28, 1],
    '1mo': [6, 1],
  });
});
