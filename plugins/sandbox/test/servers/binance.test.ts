import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createMarket } from '../../src/market/create-market.js';
import type { Listing } from '../../src/market/market.js';
import type { BinanceOptions } from '../../src/servers/binance/options.js';
import { FIREWALL } from '../../src/servers/binance/refusals.js';
import { startBinance } from '../../src/servers/binance/start-binance.js';
import { createFaults } from '../../src/servers/create-faults.js';
import { createLog } from '../../src/servers/create-log.js';
import type { WireServer } from '../../src/servers/server.js';

const market = createMarket({ seed: 5 });
const at = Date.parse;
const NOW = at('2025-03-05T12:34:56.789Z');
const log = createLog();
const faults = createFaults();
const open: WireServer[] = [];
let plain: WireServer;

async function start(options: BinanceOptions = {}, now = NOW): Promise<string> {
  const server = await startBinance({ market, now: () => now, log, faults, ...options });
  open.push(server);
  return server.url;
}

async function ask(path: string, headers: Record<string, string> = {}, url = plain.url) {
  const response = await fetch(`${url}${path}`, { headers });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text.startsWith('<') ? text : JSON.parse(text),
  };
}

const listing = (name: string) => market.find(name) as Listing;
const opens = (rows: unknown[][]) => rows.map((row) => row[0]);

beforeAll(async () => {
  plain = await startBinance({ market, now: () => NOW, log, faults });
});

afterAll(() => plain.close());

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
  faults.clear();
});

describe('klines', () => {
  it('are the market’s bars, in strings of eight decimals', async () => {
    const start = at('2024-12-31T23:58:00Z');
    const { body, headers } = await ask(`/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=${start}&limit=4`);
    const truth = market.bars(listing('BTCUSDT'), '1m', start, start + 240_000);
    expect(body).toHaveLength(4);
    expect(body.map((row: string[]) => row.slice(0, 6).map(Number))).toEqual(
      [...truth.time].map((time, row) =>
        [time, truth.open[row], truth.high[row], truth.low[row], truth.close[row], truth.volume[row]].map(Number),
      ),
    );
    expect(body[0]).toHaveLength(12);
    expect(body[0][4]).toMatch(/^\d+\.\d{8}$/);
    expect(body[0][6]).toBe(start + 59_999);
    expect(body[0][11]).toBe('0');
    expect(headers.get('x-mbx-used-weight-1m')).toMatch(/^\d+$/);
  });

  it('come by the four combinations of bounds, both included', async () => {
    const path = '/api/v3/klines?symbol=ETHUSDT&interval=1h';
    const [a, b] = [at('2024-03-01T00:00Z'), at('2024-03-01T05:00Z')];
    const hour = 3_600_000;
    expect(opens((await ask(`${path}&startTime=${a}&endTime=${b}`)).body)).toEqual(
      [0, 1, 2, 3, 4, 5].map((n) => a + n * hour),
    );
    expect(opens((await ask(`${path}&startTime=${a + 1}&endTime=${b - 1}`)).body)).toEqual(
      [1, 2, 3, 4].map((n) => a + n * hour),
    );
    expect(opens((await ask(`${path}&startTime=${a}&limit=2`)).body)).toEqual([a, a + hour]);
    expect(opens((await ask(`${path}&endTime=${b}&limit=2`)).body)).toEqual([b - hour, b]);
    expect(opens((await ask(`${path}&startTime=${a}&endTime=${b}&limit=2`)).body)).toEqual([a, a + hour]);
    const latest = (await ask(path)).body;
    expect(latest).toHaveLength(500);
    expect(latest.at(-1)[0]).toBe(at('2025-03-05T12:00Z'));
    expect((await ask(`${path}&limit=5000`)).body).toHaveLength(1000);
    expect((await ask(`/fapi/v1/klines?symbol=BTCUSDT&interval=1h&limit=5000`)).body).toHaveLength(1500);
  });

  it('of COIN-M are the latest of at most 200 days', async () => {
    const path = '/dapi/v1/klines?symbol=BTCUSD_PERP&interval=1d';
    const [day, a] = [86_400_000, at('2024-01-01')];
    const days = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n * day);
    const asked = async (query: string) => opens((await ask(`${path}${query}`)).body);
    const today = at('2025-03-05');
    expect(await asked(`&startTime=${a}&endTime=${a + 9 * day}&limit=3`)).toEqual(days(a + 7 * day, 3));
    expect(await asked(`&startTime=${a}&limit=3`)).toEqual(days(a + 198 * day, 3));
    expect(await asked(`&startTime=${today - day}`)).toEqual(days(today - day, 2));
    expect(await asked(`&endTime=${a}`)).toEqual(days(a - 200 * day, 201));
    expect(await asked('')).toEqual(days(today - 199 * day, 200));
    expect(await asked('&startTime=0&limit=1')).toEqual([]);
    expect(await asked(`&startTime=${a}&endTime=${a + 200 * day}&limit=1`)).toEqual([a + 200 * day]);
    const tooLong = await ask(`${path}&startTime=${a}&endTime=${a + 200 * day + 1}&limit=1`);
    expect([tooLong.status, tooLong.body]).toEqual([400, { code: -4088, msg: 'Maximum time interval is 200 days.' }]);
    const um = `/fapi/v1/klines?symbol=BTCUSDT&interval=1d&startTime=${a}&endTime=${a + 300 * day}&limit=1`;
    expect(opens((await ask(um)).body)).toEqual([a]);
  });

  it('begin with the listing, end with it, and are none outside', async () => {
    expect(opens((await ask('/api/v3/klines?symbol=SOLUSDT&interval=1m&startTime=0&limit=1')).body)).toEqual([
      at('2020-08-11T06:00Z'),
    ]);
    expect(
      (await ask(`/api/v3/klines?symbol=SOLUSDT&interval=1d&startTime=0&endTime=${at('2019-01-01')}`)).body,
    ).toEqual([]);
    expect(opens((await ask('/api/v3/klines?symbol=LUNAUSDT&interval=1m&limit=2')).body)).toEqual([
      at('2022-05-13T00:38Z'),
      at('2022-05-13T00:39Z'),
    ]);
    expect((await ask(`/api/v3/klines?symbol=LUNAUSDT&interval=1m&startTime=${at('2023-01-01')}`)).body).toEqual([]);
    expect((await ask(`/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=${NOW + 60_000}`)).body).toEqual([]);
  });

  it('are cut and missing where the exchange stood still', async () => {
    const [a, b] = [at('2020-02-19T11:30Z'), at('2020-02-19T17:35Z')];
    const { body } = await ask(`/api/v3/klines?symbol=BTCUSDT&interval=5m&startTime=${a}&endTime=${b}`);
    expect(opens(body)).toEqual([a, a + 300_000, at('2020-02-19T17:30Z'), b]);
    expect(body[1][6]).toBe(1_582_112_132_286);
    expect(body[2][6]).toBe(at('2020-02-19T17:35Z') - 1);
    expect(
      (
        await ask(
          `/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=${a + 600_000}&endTime=${at('2020-02-19T17:29Z')}`,
        )
      ).body,
    ).toEqual([]);
  });

  it('are crooked in February 2018, and then overlap', async () => {
    const { body } = await ask(
      `/api/v3/klines?symbol=BTCUSDT&interval=1h&startTime=${at('2018-02-07T23:00Z')}&endTime=${at('2018-02-11T04:00Z')}`,
    );
    expect(opens(body).slice(0, 3)).toEqual([at('2018-02-07T23:00Z'), 1_518_048_000_000, 1_518_168_494_789]);
    expect(body[1][6]).toBe(1_518_049_694_788);
    expect(body.at(-2)[0]).toBe(1_518_319_694_789);
    expect(body.at(-2)[6]).toBe(1_518_321_600_999);
    expect(body.at(-1)[0]).toBe(1_518_321_600_000);
  });

  it('are flat without trades, and carry odd last fields in 2017', async () => {
    const { body } = await ask(`/api/v3/klines?symbol=SOLUSDT&interval=1m&startTime=${at('2024-01-05')}&limit=1000`);
    const quiet = body.findIndex((row: unknown[], index: number) => index > 0 && row[8] === 0);
    expect(body[quiet].slice(1, 6)).toEqual([...Array(4).fill(body[quiet - 1][4]), '0.00000000']);
    const early = (await ask(`/api/v3/klines?symbol=BTCUSDT&interval=1d&startTime=0&limit=1`)).body;
    expect(early[0][0]).toBe(at('2017-08-17'));
    expect(Number(early[0][11])).toBeGreaterThan(0);
  });

  it.each(['1m', '1h', '1d', '1w', '1M', '3d'])('end with the bar of %s that is forming', async (interval) => {
    const early = at('2025-03-05T12:00:30Z');
    const [first, second] = [await start({}, early), await start({}, early + 20_000)];
    const path = `/api/v3/klines?symbol=BTCUSDT&interval=${interval}&limit=2`;
    const before = (await ask(path, {}, first)).body;
    const after = (await ask(path, {}, second)).body;
    expect(before[0]).toEqual(after[0]);
    expect(before[1][0]).toBe(after[1][0]);
    expect(before[1][6]).toBeGreaterThan(early + 20_000);
    expect(Number(after[1][5])).toBeGreaterThan(Number(before[1][5]));
    expect(before[0][6]).toBeLessThan(early);
  });

  it('count microseconds when asked to, and read them', async () => {
    const start = at('2025-01-01');
    const { body } = await ask(`/api/v3/klines?symbol=BTCUSDT&interval=1d&startTime=${start}000&limit=1`, {
      'x-mbx-time-unit': 'microsecond',
    });
    expect(body[0][0]).toBe(1_735_689_600_000_000);
    expect(body[0][6]).toBe(1_735_775_999_999_999);
  });

  it('open by another zone’s midnight on request', async () => {
    const { body } = await ask(
      `/api/v3/klines?symbol=BTCUSDT&interval=1d&timeZone=8&startTime=${at('2024-05-01')}&limit=2`,
    );
    expect(opens(body)).toEqual([at('2024-05-01T16:00Z'), at('2024-05-02T16:00Z')]);
    const hours = market.bars(listing('BTCUSDT'), '1h', at('2024-05-01T16:00Z'), at('2024-05-02T16:00Z'));
    expect([Number(body[0][1]), Number(body[0][4])]).toEqual([hours.open[0], hours.close[23]]);
    expect(Number(body[0][2])).toBe(Math.max(...hours.high));
  });

  it('of futures have their own decimals, and no seconds', async () => {
    const [um] = (await ask(`/fapi/v1/klines?symbol=BTCUSDT&interval=1d&startTime=${at('2024-01-01')}&limit=1`)).body;
    expect(um[1]).toMatch(/^\d+\.\d$/);
    expect(um[5]).toMatch(/^\d+\.\d{3}$/);
    const [cm] = (await ask(`/dapi/v1/klines?symbol=BTCUSD_PERP&interval=1d&startTime=${at('2024-01-01')}&limit=1`))
      .body;
    expect(cm[5]).toMatch(/^\d+$/);
    expect(Number(cm[7]) * Number(cm[4])).toBeGreaterThan(Number(cm[5]) * 80);
    expect((await ask('/fapi/v1/klines?symbol=BTCUSDT&interval=1s')).body.code).toBe(-1120);
  });
});

describe('refusals', () => {
  it.each([
    ['symbol=BTCUSDX&interval=1m', -1121, 'Invalid symbol.'],
    ['symbol=BTCUSDT&interval=1D', -1120, 'Invalid interval.'],
    [
      'symbol=btcusdt&interval=1m',
      -1100,
      "Illegal characters found in parameter 'symbol'; legal range is '^[A-Z0-9-_.]{1,20}$'.",
    ],
    ['interval=1m', -1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed."],
    ['symbol=BTCUSDT&symbol=BTCUSDT&interval=1m', -1101, 'Duplicate values for a parameter detected.'],
    [
      'symbol=BTCUSDT&interval=1m&start=3&limit=3',
      -1104,
      "Not all sent parameters were read; read '3' parameter(s) but was sent '4'.",
    ],
    ['symbol=&interval=1m', -1105, "Parameter 'symbol' was empty."],
    ['symbol=BTCUSDT&interval=1m&limit=0', -1130, "Data sent for parameter 'limit' is not valid."],
    ['symbol=BTCUSDT&interval=1m&startTime=2024', 0, ''],
    [
      'symbol=BTCUSDT&interval=1m&startTime=x',
      -1100,
      "Illegal characters found in parameter 'startTime'; legal range is '^[0-9]{1,20}$'.",
    ],
  ])('%s', async (query, code, msg) => {
    const { status, body } = await ask(`/api/v3/klines?${query}`);
    if (code === 0) expect(status).toBe(200);
    else expect({ status, body }).toEqual({ status: 400, body: { code, msg } });
  });

  it('escalate from 429 to a ban that counts down, and the next ban is longer', async () => {
    const url = await start({ weightLimits: { spot: 6 }, windowMs: 86_400_000, patience: 2, banMs: [150, 60_000] });
    const path = '/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1';
    const replies = [];
    for (let count = 0; count < 6; count++) replies.push(await ask(path, {}, url));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429, 418]);
    expect(replies.slice(0, 4).map(({ headers }) => headers.get('x-mbx-used-weight-1m'))).toEqual(['2', '4', '6', '8']);
    const [, , , slow, , banned] = replies as [never, never, never, (typeof replies)[0], never, (typeof replies)[0]];
    expect(Number(slow.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(slow.body.code).toBe(-1003);
    const until = Number(/IP banned until (\d{13})\./.exec(banned.body.msg)?.[1]);
    expect(until).toBeGreaterThan(Date.now() - 1000);
    expect((await ask('/api/v3/ping', {}, url)).status).toBe(418);
    expect((await ask('/fapi/v1/ping', {}, url)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const again = await ask(path, {}, url);
    expect(again.status).toBe(418);
    expect(Number(again.headers.get('retry-after'))).toBeGreaterThan(50);
  });

  it('weigh futures pages by their size, and start again with the window', async () => {
    const url = await start({ windowMs: 250 });
    const used = async (limit: number) =>
      Number(
        (await ask(`/fapi/v1/klines?symbol=BTCUSDT&interval=1d&limit=${limit}`, {}, url)).headers.get(
          'x-mbx-used-weight-1m',
        ),
      );
    const costs = log.entries.length;
    for (const limit of [99, 499, 1000, 1500]) await used(limit);
    expect(log.entries.slice(costs).map(({ cost }) => cost)).toEqual([1, 2, 5, 10]);
    await new Promise((resolve) => setTimeout(resolve, 260));
    expect(await used(10)).toBe(1);
  });

  it('of the firewall are HTML', async () => {
    faults.add({ server: 'binance', match: /klines/, fault: FIREWALL });
    const { status, text } = await ask('/api/v3/klines?symbol=BTCUSDT&interval=1m');
    expect(status).toBe(403);
    expect(text).toContain('Generated by cloudfront (CloudFront)');
    expect((await ask('/api/v3/klines?symbol=BTCUSDT&interval=1m')).status).toBe(200);
  });
});

describe('exchangeInfo', () => {
  it('keeps what was delisted, and does not know what is to come', async () => {
    const { body } = await ask('/api/v3/exchangeInfo');
    expect(body.symbols.map(({ symbol, status }: Record<string, string>) => [symbol, status])).toEqual([
      ['BTCUSDT', 'TRADING'],
      ['ETHUSDT', 'TRADING'],
      ['SOLUSDT', 'TRADING'],
      ['LUNAUSDT', 'BREAK'],
      ['STRY', 'TRADING'],
    ]);
    expect((await ask('/dapi/v1/exchangeInfo')).body.symbols[0]).toMatchObject({
      symbol: 'BTCUSD_PERP',
      contractStatus: 'TRADING',
      contractSize: 100,
    });
    const early = await start({}, at('2020-01-01'));
    expect((await ask('/api/v3/exchangeInfo', {}, early)).body.symbols).toHaveLength(2);
    expect((await ask('/api/v3/exchangeInfo?symbols=["BTCUSDT","NOPE"]')).body.code).toBe(-1121);
  });
});

describe('faults', () => {
  it('cut, reset, delay and garble replies, so many times', async () => {
    const path = '/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=100';
    const right = (await ask(path)).text;
    faults.add({ server: 'binance', times: 2, fault: { kind: 'cut', fraction: 0.5 } });
    await expect(ask(path)).rejects.toThrow();
    await expect(ask(path)).rejects.toThrow();
    faults.add({ server: 'binance', fault: { kind: 'reset' } });
    await expect(ask(path)).rejects.toThrow();
    faults.add({ server: 'binance', fault: { kind: 'garble' } });
    const garbled = await fetch(`${plain.url}${path}`).then((response) => response.text());
    expect(garbled).not.toBe(right);
    faults.add({ server: 'binance', fault: { kind: 'delay', ms: 60 } });
    const began = Date.now();
    expect((await ask(path)).text).toBe(right);
    expect(Date.now() - began).toBeGreaterThanOrEqual(55);
    faults.add({ server: 'binance', fault: { kind: 'stall' } });
    await expect(fetch(`${plain.url}${path}`, { signal: AbortSignal.timeout(80) })).rejects.toThrow();
  });
});
