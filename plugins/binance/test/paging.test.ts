import { expect, it } from '@jest/globals';
import type { BarRequest, Bars } from '../../../src/provider/index.js';
import { binance } from '../src/index.js';
import { type Cells, HOUR, row } from './kline-row.js';
import { collect, failure, request, type Scripted, SPOT, scriptHost, UM } from './scripted-host.js';

const NOW = Date.parse('2026-01-01T00:30:00Z');

/** Answers as the API does: inclusive on the open at both ends, oldest first, up to the limit. */
function serveBars(opens: readonly number[], make: (open: number) => Cells = (open) => row(open)) {
  return ({ searchParams: query }: URL): Scripted => {
    const [from, to, limit] = ['startTime', 'endTime', 'limit'].map((name) => Number(query.get(name)));
    const found = opens.filter((open) => open >= (from as number) && open <= (to as number)).slice(0, limit);
    return { body: JSON.stringify(found.map(make)) };
  };
}

const hours = (start: string, count: number) => Array.from({ length: count }, (_, i) => Date.parse(start) + i * HOUR);

async function fetchBars(answer: (url: URL, nth: number) => Scripted, asked: BarRequest, now = NOW) {
  const scripted = await scriptHost(answer, { now });
  try {
    const batches = (await collect(binance.bars(asked, scripted.context))) as Bars[];
    return { batches, times: batches.flatMap(({ time }) => [...time]), asked: scripted.asked };
  } finally {
    await scripted.close();
  }
}

it('asks half-open ranges as inclusive ones, and keeps the columns by their names', async () => {
  const got = await fetchBars(serveBars(hours('2024-01-01', 100)), request('2024-01-01T10:00Z', '2024-01-01T13:00Z'));
  expect(got.times).toEqual(hours('2024-01-01T10:00Z', 3));
  expect(got.asked.map(({ pathname, search }) => pathname + search)).toEqual([
    `/api/v3/klines?symbol=BTCUSDT&interval=1h&startTime=${Date.parse('2024-01-01T10:00Z')}&endTime=${Date.parse('2024-01-01T13:00Z') - 1}&limit=1000`,
  ]);
  const [bars] = got.batches;
  expect(bars?.columns.map((name, column) => [name, bars.values[column]?.[0]])).toEqual([
    ['open', 100.5],
    ['high', 101],
    ['low', 99.5],
    ['close', 100],
    ['volume', 12.5],
    ['quote_volume', 1256.25],
    ['trades', 42],
    ['taker_buy_volume', 6],
    ['taker_buy_quote_volume', 603],
  ]);
});

it('pages over several pages without a hole or a repeat, and asks no more than needed', async () => {
  const opens = hours('2023-01-01', 2500);
  const got = await fetchBars(serveBars(opens), request('2023-01-01', '2030-01-01'), (opens.at(-1) as number) + HOUR);
  expect(got.times).toEqual(opens);
  expect(got.asked).toHaveLength(3);
});

it('goes on after a page that a hole made short', async () => {
  const opens = [...hours('2024-01-01', 5), ...hours('2024-01-03', 5)];
  let pages = 0;
  const got = await fetchBars(
    (url) => {
      pages++;
      const all = JSON.parse(serveBars(opens)(url).body as string) as Cells[];
      return { body: JSON.stringify(all.slice(0, 5)) };
    },
    request('2024-01-01', '2024-01-04'),
  );
  expect(got.times).toEqual(opens);
  expect(pages).toBe(3);
});

it('never gives a bar that is still forming, nor asks for what lies behind the data clock', async () => {
  const now = Date.parse('2024-01-01T02:30:00Z');
  const got = await fetchBars(serveBars(hours('2024-01-01', 10)), request('2024-01-01', '2024-01-02'), now);
  expect(got.times).toEqual(hours('2024-01-01', 2));
  expect(got.asked.map(({ searchParams }) => Number(searchParams.get('endTime')))).toEqual([now - 1]);
  const closing = await fetchBars(
    serveBars(hours('2024-01-01', 10)),
    request('2024-01-01', '2024-01-02'),
    Date.parse('2024-01-01T03:00Z'),
  );
  expect(closing.times).toEqual(hours('2024-01-01', 3));
  const almost = await fetchBars(
    serveBars(hours('2024-01-01', 10)),
    request('2024-01-01', '2024-01-02'),
    Date.parse('2024-01-01T03:00Z') - 1,
  );
  expect(almost.times).toEqual(hours('2024-01-01', 2));
});

it('asks nothing for a range that is empty or to come', async () => {
  const none = await fetchBars(serveBars([]), request('2024-01-01', '2024-01-01'));
  const later = await fetchBars(serveBars([]), request('2027-01-01', '2027-02-01'));
  expect([none.asked, later.asked, none.batches, later.batches]).toEqual([[], [], [], []]);
});

it('takes an empty page for nothing there', async () => {
  const got = await fetchBars(serveBars([]), request('2018-01-01', '2018-06-01'));
  expect([got.batches, got.asked.length]).toEqual([[], 1]);
});

it('asks for nothing from before Binance opened, however long ago a range begins', async () => {
  const opens = hours('2017-08-17T04:00Z', 5);
  for (const instrument of [SPOT, UM]) {
    const got = await fetchBars(serveBars(opens), request('1900-01-01', '2017-08-17T09:00Z', { instrument }));
    expect(got.times).toEqual(opens);
    expect(got.asked.map(({ searchParams }) => searchParams.get('startTime'))).toEqual([`${Date.UTC(2017, 6)}`]);
    expect((await fetchBars(serveBars([]), request('1900-01-01', '2017-01-01', { instrument }))).asked).toEqual([]);
  }
});

it('reads microseconds as it reads milliseconds', async () => {
  const answer = serveBars(hours('2025-01-01', 3), (open) => row(open * 1000, (open + HOUR) * 1000 - 1));
  expect((await fetchBars(answer, request('2025-01-01', '2025-01-01T03:00Z'))).times).toEqual(hours('2025-01-01', 3));
});

it('passes bars off the grid as they are, and what follows them', async () => {
  const opens = [1518318894789 - HOUR, 1518319694789, 1518321600000, 1518325200000];
  const got = await fetchBars(
    serveBars(opens, (open) => row(open, open === 1518319694789 ? 1518321600999 : open + HOUR - 1)),
    request('2018-02-11', '2018-02-11T06:00Z'),
  );
  expect(got.times).toEqual(opens);
});

it('leaves an absent price absent, and refuses what is no number', async () => {
  const asked = request('2024-01-01', '2024-01-01T01:00Z');
  const nulls = await fetchBars(() => ({ body: JSON.stringify([row(asked.start).with(1, null).with(2, '')]) }), asked);
  expect(nulls.batches[0]?.values.map(([value]) => value).slice(0, 3)).toEqual([Number.NaN, Number.NaN, 99.5]);
  for (const bad of ['1,000.5', '0x10', 'NaN', 'Infinity', '1e309', '１２', ' 1', true, {}, [5]]) {
    const body = JSON.stringify([row(asked.start).with(1, bad as string)]);
    expect([bad, (await failure(fetchBars(() => ({ body }), asked))).code]).toEqual([bad, 'MALFORMED']);
  }
});

it.each([
  ['seconds', (open: number) => row(open / 1000, open / 1000 + 3599)],
  ['nanoseconds', (open: number) => row(open * 1e6, (open + HOUR) * 1e6)],
  ['a text', (open: number) => row(open).with(0, `${open}`)],
  ['a close before its open', (open: number) => row(open, open - 1)],
])('refuses times that are %s', async (_, make) => {
  const asked = request('2024-01-01', '2024-01-01T01:00Z');
  expect((await failure(fetchBars(serveBars([asked.start], make), asked))).code).toBe('MALFORMED');
});

it('refuses bars from elsewhere, as from a server that always sends its latest', async () => {
  const latest = JSON.stringify(hours('2025-12-01', 10).map((open) => row(open)));
  const error = await failure(fetchBars(() => ({ body: latest }), request('2020-01-01', '2020-02-01')));
  expect([error.code, error.message]).toEqual(['MALFORMED', expect.stringContaining('2020-01-01')]);
});

it('refuses a page that comes again and again, and leaves out what a page repeats', async () => {
  const first = JSON.stringify(hours('2024-01-01', 3).map((open) => row(open)));
  expect((await failure(fetchBars(() => ({ body: first }), request('2024-01-01', '2024-02-01')))).code).toBe(
    'MALFORMED',
  );
  const overlapping = await fetchBars(
    (_, nth) => ({
      body: JSON.stringify(
        hours('2024-01-01', 6)
          .slice(nth === 1 ? 0 : 2, nth === 1 ? 3 : 6)
          .map((open) => row(open)),
      ),
    }),
    request('2024-01-01', '2024-01-01T06:00Z'),
  );
  expect(overlapping.times).toEqual(hours('2024-01-01', 6));
});

it.each(['{}', 'null', '"x"', '[[]]', '[1]', '[[1,2]]', '[{"0":1}]', '{"symbols":[]}', ''])(
  'refuses %s for a page',
  async (body) => {
    const error = await failure(fetchBars(() => ({ body }), request('2024-01-01', '2024-01-02')));
    expect(error.code).toBe('MALFORMED');
  },
);

it('chooses the cheapest pages of futures', async () => {
  const opens = hours('2023-01-01', 1100);
  const end = new Date((opens.at(-1) as number) + HOUR).toISOString();
  const got = await fetchBars(serveBars(opens), request('2023-01-01', end, { instrument: UM }));
  expect(got.times).toEqual(opens);
  expect(got.asked.map(({ host, pathname, searchParams }) => [host + pathname, searchParams.get('limit')])).toEqual([
    ['fapi.binance.com/fapi/v1/klines', '499'],
    ['fapi.binance.com/fapi/v1/klines', '499'],
    ['fapi.binance.com/fapi/v1/klines', '499'],
  ]);
  const short = await fetchBars(serveBars(opens), request('2023-01-01', '2023-01-05', { instrument: UM }));
  expect(short.asked.map(({ searchParams }) => searchParams.get('limit'))).toEqual(['99']);
});

it('pages months, which have no one length, and spells them as the API does', async () => {
  const opens = Array.from({ length: 30 }, (_, i) => Date.UTC(2022, i));
  const make = (open: number) =>
    row(open, Date.UTC(new Date(open).getUTCFullYear(), new Date(open).getUTCMonth() + 1) - 1);
  const got = await fetchBars(serveBars(opens, make), request('2022-01-01', '2024-07-01', { timeframe: '1mo' }));
  expect(got.times).toEqual(opens);
  expect(got.asked.map(({ searchParams }) => searchParams.get('interval'))).toEqual(['1M']);
});

it('stops when it is told to', async () => {
  const stop = new AbortController();
  const { context, close } = await scriptHost(serveBars(hours('2023-01-01', 5000)), { now: NOW, signal: stop.signal });
  const pages: number[] = [];
  const run = async () => {
    for await (const batch of binance.bars(request('2023-01-01', '2023-07-01'), context)) {
      pages.push((batch as Bars).time.length);
      stop.abort(new Error('enough'));
    }
  };
  await expect(run()).rejects.toThrow('enough');
  expect(pages).toEqual([1000]);
  await close();
});

it('finds the first bar and the time', async () => {
  const { context, asked, close } = await scriptHost((url) =>
    url.pathname.endsWith('/time')
      ? { body: '{"serverTime":1700000000000}' }
      : { body: JSON.stringify([row(1502942400000)]) },
  );
  const { instrument, timeframe } = request('2024-01-01', '2024-01-02');
  expect(await binance.firstBar?.({ instrument, timeframe }, context)).toBe(1502942400000);
  expect(asked[0]?.search).toBe('?symbol=BTCUSDT&interval=1h&startTime=0&limit=1');
  expect(await binance.probe?.(context)).toMatchObject({ serverTime: 1700000000000 });
  await close();
});
