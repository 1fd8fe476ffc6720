// biome-ignore-all lint/suspicious/noExplicitAny: replies are looked at as they come
import { afterEach, describe, expect, it } from '@jest/globals';
import WebSocket from 'ws';
import { createMarket } from '../src/market/create-market.js';
import type { Step } from '../src/market/market.js';
import type { DerivOptions } from '../src/servers/deriv/options.js';
import { startDeriv } from '../src/servers/deriv/start-deriv.js';
import type { Fault, LoggedRequest } from '../src/servers/server.js';

const market = createMarket({ seed: 7 });
const NOW = Date.parse('2026-09-16T12:34:21.500Z');
const SATURDAY = Date.parse('2026-09-19T12:00:00Z');
const opened: { close(): unknown }[] = [];

afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

async function start(options: DerivOptions & { readonly now?: number; readonly fault?: Fault } = {}) {
  const entries: LoggedRequest[] = [];
  let fault = options.fault;
  const server = await startDeriv({
    ...options,
    market,
    now: () => options.now ?? NOW,
    log: { entries, add: (entry) => entries.push(entry), clear: () => entries.splice(0) },
    faults: {
      next: () => {
        const now = fault;
        fault = undefined;
        return now;
      },
    },
  });
  opened.push(server);
  return { server, entries };
}

async function connect(url: string) {
  const socket = new WebSocket(url);
  opened.push({ close: () => socket.terminate() });
  const got: any[] = [];
  const waiting: ((message: any) => void)[] = [];
  socket.on('message', (data) => {
    const text = data.toString();
    const message = text.startsWith('{') ? JSON.parse(text) : text;
    const waiter = waiting.shift();
    if (waiter) waiter(message);
    else got.push(message);
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('error', () => {});
  const next = () => new Promise<any>((resolve) => (got.length > 0 ? resolve(got.shift()) : waiting.push(resolve)));
  const send = (message: object | string) =>
    socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  const ask = async (message: object | string) => {
    send(message);
    return next();
  };
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_request, response) => reject(new Error(`HTTP ${response.statusCode}`)));
  });
  return { socket, ask, next, send, closed };
}

async function open(options: Parameters<typeof start>[0] = {}, query = '?app_id=1089') {
  const { server, entries } = await start(options);
  return { ...(await connect(server.url + (options.generation === 'new' ? '' : query))), server, entries };
}

const seconds = (text: string) => Date.parse(text) / 1000;

function truth(symbol: string, step: Step, from: string, to: string) {
  const listing = market.find(symbol);
  if (listing === undefined) throw new Error(symbol);
  const bars = market.bars(listing, step, Date.parse(from), Date.parse(to));
  return Array.from(bars.time, (time, row) => ({
    close: bars.close[row],
    epoch: time / 1000,
    high: bars.high[row],
    low: bars.low[row],
    open: bars.open[row],
  }));
}

describe('ticks_history, candles', () => {
  it.each([
    ['R_100', 60, '1m', '2026-03-28T22:00Z', '2026-03-29T04:00Z'],
    ['frxEURUSD', 3600, '1h', '2026-03-05T00:00Z', '2026-03-12T00:00Z'],
    ['frxEURUSD', 900, '15m', '2025-12-31T12:00Z', '2026-01-02T12:00Z'],
    ['R_50', 86400, '1d', '2024-12-20T00:00Z', '2025-01-10T00:00Z'],
    ['1HZ100V', 14400, '4h', '2026-02-26T00:00Z', '2026-03-03T00:00Z'],
  ] as const)('gives the truth of %s at %i s', async (symbol, granularity, step, from, to) => {
    const { ask } = await open();
    const end = String(seconds(to) - 1);
    const reply = await ask({
      ticks_history: symbol,
      style: 'candles',
      granularity,
      start: seconds(from),
      end,
      count: 5000,
    });
    expect(reply.msg_type).toBe('candles');
    expect(reply.candles).toEqual(truth(symbol, step, from, to));
    expect(reply.candles.length).toBeGreaterThan(10);
  });

  it('has no bars while currencies rest', async () => {
    const { ask } = await open();
    const window = { start: seconds('2026-09-12T00:00Z'), end: String(seconds('2026-09-13T12:00Z')) };
    const reply = await ask({ ticks_history: 'frxEURUSD', style: 'candles', granularity: 3600, count: 100, ...window });
    expect(reply.candles).toEqual([]);
    expect(reply.error).toBeUndefined();
  });

  it('includes both bounds and gives the latest of a window', async () => {
    const { ask } = await open();
    const request = { ticks_history: 'R_100', style: 'candles', granularity: 60 };
    const bounds = { start: seconds('2026-09-01T00:00Z'), end: String(seconds('2026-09-01T00:10Z')) };
    const whole = await ask({ ...request, ...bounds, count: 100 });
    expect(whole.candles.map((candle: any) => candle.epoch - bounds.start)).toEqual([
      0, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600,
    ]);
    const part = await ask({ ...request, ...bounds, count: 3 });
    expect(part.candles).toEqual(whole.candles.slice(-3));
  });

  it('caps a reply at 5000, and pages backwards to the very beginning', async () => {
    const { ask } = await open();
    const request = { ticks_history: 'R_100', style: 'candles', granularity: 60, count: 6000 };
    const start = seconds('2026-08-25T00:00Z');
    let end = String(seconds('2026-09-01T00:00Z') - 1);
    const pages: any[] = [];
    for (;;) {
      const { candles } = await ask({ ...request, start, end });
      if (candles.length === 0) break;
      pages.unshift(candles);
      end = String(candles[0].epoch - 1);
    }
    expect(pages.map((page) => page.length)).toEqual([80, 5000, 5000]);
    expect(pages.flat()).toEqual(truth('R_100', '1m', '2026-08-25T00:00Z', '2026-09-01T00:00Z'));
  });

  it('ends "latest" with the candle that is still forming', async () => {
    const { ask } = await open();
    const { candles } = await ask({
      ticks_history: 'R_100',
      style: 'candles',
      granularity: 3600,
      end: 'latest',
      count: 2,
    });
    const [before, forming] = truth('R_100', '1h', '2026-09-16T11:00Z', '2026-09-16T13:00Z');
    expect(candles[0]).toEqual(before);
    expect(candles[1].epoch).toBe(forming?.epoch);
    expect(candles[1].open).toBe(forming?.open);
    expect(candles[1]).not.toEqual(forming);
    expect(candles[1].high).toBeLessThanOrEqual(forming?.high as number);
  });

  it('refuses counts above the cap where so configured', async () => {
    const { ask } = await open({ overCap: 'refuse' });
    const reply = await ask({ ticks_history: 'R_100', style: 'candles', granularity: 60, end: 'latest', count: 5001 });
    expect(reply.error.code).toBe('InputValidationFailed');
  });

  it('moves a window back from a closed market with adjust_start_time, and only then', async () => {
    const { ask } = await open({ now: SATURDAY });
    const request = {
      ticks_history: 'frxEURUSD',
      style: 'candles',
      granularity: 60,
      start: SATURDAY / 1000 - 600,
      end: 'latest',
      count: 50,
    };
    expect((await ask(request)).candles).toEqual([]);
    const { candles } = await ask({ ...request, adjust_start_time: 1 });
    expect(candles.at(-1).epoch).toBe(seconds('2026-09-18T20:59:00Z'));
    expect(candles).toHaveLength(10);
  });
});

describe('ticks_history, ticks', () => {
  it('gives the truth in whole seconds', async () => {
    const { ask } = await open();
    const start = seconds('2026-09-01T00:00Z');
    const reply = await ask({ ticks_history: 'R_100', start, end: String(start + 599), count: 5000 });
    const listing = market.find('R_100');
    if (listing === undefined) throw new Error();
    const ticks = market.ticks(listing, start * 1000, (start + 600) * 1000);
    expect(reply.msg_type).toBe('history');
    expect(reply.pip_size).toBe(2);
    expect(reply.history.times).toEqual(Array.from(ticks.time, (time) => time / 1000));
    expect(reply.history.prices).toEqual([...ticks.price]);
    expect(reply.history.times).toHaveLength(300);
  });

  it('keeps the latest of them', async () => {
    const { ask } = await open();
    const { history } = await ask({ ticks_history: 'R_100', end: 'latest', count: 5 });
    const last = Math.floor(NOW / 2000) * 2;
    expect(history.times).toEqual([last - 8, last - 6, last - 4, last - 2, last]);
  });
});

describe('requests', () => {
  it('get back req_id, passthrough and themselves', async () => {
    const { ask } = await open();
    const request = { time: 1, req_id: 41, passthrough: { any: ['thing'] } };
    expect(await ask(request)).toEqual({
      echo_req: request,
      msg_type: 'time',
      passthrough: { any: ['thing'] },
      req_id: 41,
      time: Math.floor(NOW / 1000),
    });
    expect(await ask({ ping: 1 })).toEqual({ echo_req: { ping: 1 }, msg_type: 'ping', ping: 'pong' });
  });

  it.each([
    [
      { active_symbols: 'brief', product_type1: 'basic' },
      'Input validation failed: Properties not allowed: product_type1.',
      {},
    ],
    [
      { ticks_history: 'R_50', end: 'latest', style: 'candles', granularity: '60', count: 10 },
      'Input validation failed: granularity',
      {
        granularity:
          'does not have a value in the enumeration {60,120,180,300,600,900,1800,3600,7200,14400,28800,86400}',
      },
    ],
  ])('are held to their schema: %j', async (request, message, details) => {
    const { ask } = await open();
    expect(await ask(request)).toMatchObject({ error: { code: 'InputValidationFailed', message, details } });
  });

  it('take end as text, and forgive a number', async () => {
    const { ask } = await open();
    const request = { ticks_history: 'R_100', style: 'candles', granularity: 60, count: 1 };
    expect((await ask({ ...request, end: seconds('2026-09-01T00:00Z') })).candles).toHaveLength(1);
    expect((await ask({ ...request, end: 'yesterday' })).error.code).toBe('InputValidationFailed');
    expect((await ask(request)).error.code).toBe('InputValidationFailed');
  });

  it('are refused in words when the symbol is not theirs, by its case too', async () => {
    const { ask } = await open();
    for (const symbol of ['na', 'r_100', 'AAPL']) {
      const reply = await ask({ ticks_history: symbol, end: 'latest', req_id: 15 });
      expect(reply.error).toEqual({ code: 'InvalidSymbol', message: `Symbol ${symbol} is invalid.` });
      expect(reply).toMatchObject({ msg_type: 'ticks_history', req_id: 15 });
    }
  });

  it('that nobody knows are not recognised', async () => {
    const { ask } = await open();
    expect(await ask({ foo: 1 })).toMatchObject({ error: { code: 'UnrecognisedRequest' }, msg_type: 'error' });
    expect(await ask('not json')).toMatchObject({ error: { code: 'UnrecognisedRequest' } });
    expect(await ask({ constructor: 1 })).toMatchObject({ error: { code: 'UnrecognisedRequest' } });
  });

  it('are answered out of order on request', async () => {
    const { send, next } = await open({ shuffleMs: 30 });
    for (const id of [1, 2, 3, 4]) send({ time: 1, req_id: id });
    const ids = [(await next()).req_id, (await next()).req_id, (await next()).req_id, (await next()).req_id];
    expect(ids).toEqual([2, 4, 3, 1]);
  });
});

describe('limits', () => {
  it('are counted for each connection, and pings apart', async () => {
    const { ask, server, entries } = await open({ rateLimit: { max: 2, perMs: 60_000 } });
    await ask({ time: 1 });
    await ask({ time: 1 });
    expect(await ask({ time: 1, req_id: 3 })).toMatchObject({
      error: { code: 'RateLimit', message: 'You have reached the rate limit for time.' },
      msg_type: 'time',
      req_id: 3,
    });
    expect((await ask({ ping: 1 })).ping).toBe('pong');
    const other = await connect(`${server.url}?app_id=1089`);
    expect((await other.ask({ time: 1 })).error).toBeUndefined();
    expect(entries.map(({ status }) => status)).toEqual([200, 200, 429, 200, 200]);
  });

  it('pass when their time is over', async () => {
    const { ask } = await open({ rateLimit: { max: 1, perMs: 50 } });
    await ask({ time: 1 });
    expect((await ask({ time: 1 })).error.code).toBe('RateLimit');
    await new Promise((resolve) => setTimeout(resolve, 70));
    expect((await ask({ time: 1 })).error).toBeUndefined();
  });

  it('close a connection that says nothing', async () => {
    const { closed } = await open({ idleMs: 40 });
    expect(await closed).toBe(1000);
  });
});

describe('subscriptions', () => {
  const request = { ticks_history: 'R_100', style: 'candles', granularity: 60, end: 'latest', count: 1, subscribe: 1 };

  it('send the candle as it stands, as text, until they are forgotten', async () => {
    const { ask, next, send } = await open({ pushMs: 20 });
    const { subscription, candles } = await ask(request);
    expect(candles).toHaveLength(1);
    const { msg_type, ohlc } = await next();
    expect(msg_type).toBe('ohlc');
    expect(ohlc).toMatchObject({
      id: subscription.id,
      granularity: 60,
      symbol: 'R_100',
      open_time: Math.floor(NOW / 60_000) * 60,
    });
    expect(ohlc.close).toMatch(/^\d+\.\d\d$/);
    send({ forget: subscription.id });
    for (;;) {
      const message = await next();
      if (message.msg_type !== 'forget') continue;
      expect(message.forget).toBe(1);
      break;
    }
    expect((await ask({ forget: subscription.id })).forget).toBe(0);
  });

  it('are refused twice, and wholly while the market is closed', async () => {
    const { ask } = await open({ now: SATURDAY });
    await ask(request);
    expect((await ask(request)).error).toEqual({
      code: 'AlreadySubscribed',
      message: 'You are already subscribed to R_100.',
    });
    const reply = await ask({ ...request, ticks_history: 'frxEURUSD', req_id: 7 });
    expect(reply).toMatchObject({
      error: { code: 'MarketIsClosed', message: 'This market is presently closed.' },
      req_id: 7,
    });
    expect(reply.candles).toBeUndefined();
  });
});

describe('the two generations', () => {
  it('name the fields of active_symbols differently', async () => {
    const legacy = await open({ now: SATURDAY });
    const rows = (await legacy.ask({ active_symbols: 'brief', product_type: 'basic' })).active_symbols;
    const euro = rows.find((row: any) => row.symbol === 'frxEURUSD');
    expect(euro).toMatchObject({ display_name: 'EUR/USD', market: 'forex', pip: 0.00001, exchange_is_open: 0 });
    expect(rows.find((row: any) => row.symbol === 'R_100')).toMatchObject({ pip: 0.01, exchange_is_open: 1 });

    const modern = await open({ generation: 'new' });
    const newer = (await modern.ask({ active_symbols: 'brief' })).active_symbols;
    expect(newer.map((row: any) => row.underlying_symbol)).toEqual(rows.map((row: any) => row.symbol));
    expect(
      newer.every((row: any) => row.pip_size > 0 && row.symbol === undefined && row.market_display_name === undefined),
    ).toBe(true);
    expect((await modern.ask({ active_symbols: 'brief', product_type: 'basic' })).error.code).toBe(
      'InputValidationFailed',
    );
    expect((await modern.ask({ time: 1, req_id: 5 })).echo_req).toBeUndefined();
    expect((await modern.ask({ authorize: 'sandbox-token' })).error.code).toBe('UnrecognisedRequest');
  });

  it('want an app id, a numeric one, or none', async () => {
    const { server } = await start();
    await expect(connect(server.url)).rejects.toThrow('HTTP 401');
    await expect(connect(server.url.replace('websockets', 'elsewhere'))).rejects.toThrow('HTTP 404');
    const { ask, closed } = await connect(`${server.url}?app_id=abc33X`);
    expect((await ask({ time: 1 })).error.code).toBe('InvalidAppID');
    expect(await closed).toBe(1000);
  });

  it('know tokens in the legacy one', async () => {
    const { ask } = await open({ tokens: ['good'] });
    expect((await ask({ authorize: 'bad' })).error).toEqual({ code: 'InvalidToken', message: 'The token is invalid.' });
    expect((await ask({ authorize: 'good' })).authorize.scopes).toContain('read');
  });
});

it('tells the hours of a day', async () => {
  const { ask } = await open();
  const { trading_times } = await ask({ trading_times: '2026-09-18' });
  const symbols = trading_times.markets.flatMap((one: any) => one.submarkets.flatMap((two: any) => two.symbols));
  expect(symbols.find((row: any) => row.symbol === 'frxEURUSD').times).toEqual({
    open: ['00:00:00'],
    close: ['21:00:00'],
    settlement: '21:00:00',
  });
  expect(symbols.find((row: any) => row.symbol === 'R_100').times.close).toEqual(['23:59:59']);
  const saturday = await ask({ trading_times: '2026-09-19' });
  expect(JSON.stringify(saturday)).toContain('"--"');
});

describe('faults', () => {
  it('reset, cut, garble, stall, delay and replace an answer', async () => {
    const reset = await open({ fault: { kind: 'reset' } });
    reset.send({ time: 1 });
    expect(await reset.closed).toBe(1006);

    const cut = await open({ fault: { kind: 'cut', fraction: 0.5 } });
    cut.send({ active_symbols: 'brief' });
    expect(await cut.closed).toBe(1006);

    const garbled = await open({ fault: { kind: 'garble' } });
    garbled.send({ time: 1 });
    expect(await garbled.closed).toBe(1006);

    const stalled = await open({ fault: { kind: 'stall' } });
    stalled.send({ time: 1, req_id: 1 });
    expect((await stalled.ask({ time: 1, req_id: 2 })).req_id).toBe(2);

    const delayed = await open({ fault: { kind: 'delay', ms: 30 } });
    delayed.send({ time: 1, req_id: 1 });
    expect((await delayed.ask({ time: 1, req_id: 2 })).req_id).toBe(2);
    expect((await delayed.next()).req_id).toBe(1);

    const replaced = await open({ fault: { kind: 'status', body: 'maintenance' } });
    expect(await replaced.ask({ time: 1 })).toBe('maintenance');
  });

  it('can be silence itself', async () => {
    const { send, closed } = await open({ silent: true, idleMs: 60 });
    send({ time: 1 });
    expect(await closed).toBe(1000);
  });
});
