import { afterEach, describe, expect, it } from '@jest/globals';
import type { BarRequest, Context, Row } from 'almanac/provider';
import { createHost, type Host, type HostOptions } from '../../../src/sources/host/create-host.js';
import { createMarket } from '../../sandbox/src/market/create-market.js';
import type { Step } from '../../sandbox/src/market/market.js';
import type { DerivOptions } from '../../sandbox/src/servers/deriv/options.js';
import { startDeriv } from '../../sandbox/src/servers/deriv/start-deriv.js';
import type { Fault, LoggedRequest } from '../../sandbox/src/servers/server.js';
import { deriv } from '../src/index.js';
import { collect, requestFor } from './scripted-host.js';

const market = createMarket({ seed: 11 });
const NOW = Date.parse('2026-09-16T12:34:21.500Z');
const opened: { close(): unknown }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

interface World extends DerivOptions {
  readonly faults?: (Fault | undefined)[];
  readonly host?: HostOptions;
}

async function start({ faults = [], host: given = {}, ...options }: World = {}) {
  const entries: LoggedRequest[] = [];
  const server = await startDeriv({
    ...options,
    market,
    now: () => NOW,
    log: { entries, add: (entry) => entries.push(entry), clear: () => entries.splice(0) },
    faults: { next: () => faults.shift() },
  });
  const own = typeof given.options === 'object' ? given.options : {};
  const host = await createHost(deriv, {
    now: () => NOW,
    patience: { firstPauseMs: 10, longestPauseMs: 50 },
    ...given,
    options: { url: server.url, ...own },
  });
  opened.push(server, host);
  return { server, entries, host };
}

const read = (host: Host, request: BarRequest): Promise<Row[]> =>
  collect(deriv.bars(request, host.context as Context<Parameters<typeof deriv.capabilities>[0]>));

function truth({ instrument, timeframe, start, end }: BarRequest) {
  const listing = market.listings.find(({ names }) => names.deriv === instrument.native);
  if (listing === undefined) throw new Error(`no ${instrument.native}`);
  const { time, open, high, low, close } = market.bars(listing, timeframe as Step, start, end);
  return Array.from(time, (at, i) => ({ time: at, open: open[i], high: high[i], low: low[i], close: close[i] }));
}

function truthTicks({ instrument, start, end }: BarRequest) {
  const listing = market.listings.find(({ names }) => names.deriv === instrument.native);
  if (listing === undefined) throw new Error(`no ${instrument.native}`);
  const { time, price } = market.ticks(listing, start, end);
  return Array.from(time, (at, i) => ({ time: at, price: price[i] }));
}

const YEAR_END = requestFor('R_100', '1m', '2024-12-26T00:00:00Z', '2025-01-08T00:00:00Z');

describe.each(['legacy', 'new'] as const)('against the %s API', (generation) => {
  it.each([
    ['across a year end', YEAR_END],
    ['over a weekend of currencies', requestFor('frxEURUSD', '1m', '2026-03-05T00:00:00Z', '2026-03-11T00:00:00Z')],
    ['across a change of clocks', requestFor('frxEURUSD', '1h', '2026-03-01T00:00:00Z', '2026-04-05T00:00:00Z')],
    ['by the day, for years', requestFor('frxEURUSD', '1d', '2019-01-01T00:00:00Z', '2026-01-01T00:00:00Z')],
    ['from before there was anything', requestFor('R_50', '1h', '2018-12-20T00:00:00Z', '2019-01-10T00:00:00Z')],
  ])('equals the market %s', async (_, request) => {
    const { host } = await start({ generation, shuffleMs: 20 });
    const rows = await read(host, request);
    expect(rows.length).toBeGreaterThan(100);
    expect(rows).toEqual(truth(request));
  });

  it.each([
    ['every two seconds', requestFor('R_100', 'ticks', '2024-12-31T20:00:00Z', '2025-01-01T04:00:00Z')],
    ['every second', requestFor('1HZ100V', 'ticks', '2026-03-08T00:00:10Z', '2026-03-08T03:00:00Z')],
  ])('equals the ticks %s', async (_, request) => {
    const { host } = await start({ generation, shuffleMs: 10 });
    const rows = await read(host, request);
    expect(rows.length).toBeGreaterThan(5000);
    expect(rows).toEqual(truthTicks(request));
  });

  it('lists, tells the time, and leaves the candle that forms', async () => {
    const { host } = await start({ generation });
    const context = host.context as Context<never>;
    const listings = [];
    for await (const batch of deriv.instruments?.(context) ?? []) listings.push(...batch);
    expect(listings.map(({ symbol }) => symbol)).toEqual(expect.arrayContaining(['R_100', '1HZ100V', 'frxEURUSD']));
    expect((await deriv.probe?.(context))?.serverTime).toBe(Math.floor(NOW / 1000) * 1000);
    const rows = await read(host, requestFor('R_100', '1h', '2026-09-16T00:00:00Z', '2026-09-17T00:00:00Z'));
    expect(rows.at(-1)?.time).toBe(Date.parse('2026-09-16T11:00:00Z'));
    const ticks = await read(host, requestFor('R_100', 'ticks', '2026-09-16T12:34:00Z', '2026-09-17T00:00:00Z'));
    expect(ticks.at(-1)?.time).toBeLessThan(Math.floor(NOW / 1000) * 1000);
  });

  it('finds the first bar there is', async () => {
    const { host, entries } = await start({ generation });
    const find = (symbol: string, timeframe: BarRequest['timeframe']) => {
      const { instrument } = requestFor(symbol, timeframe, '2020-01-01T00:00:00Z', '2020-01-02T00:00:00Z');
      return deriv.firstBar?.({ instrument, timeframe }, host.context as Context<never>);
    };
    expect(await find('R_100', '1m')).toBe(Date.parse('2019-01-01T00:00:00Z'));
    expect(await find('frxEURUSD', '1d')).toBe(Date.parse('2003-12-01T00:00:00Z'));
    expect(await find('1HZ100V', 'ticks')).toBe(Date.parse('2020-03-01T00:00:00Z'));
    expect(entries.length).toBeLessThanOrEqual(3 * 7);
  });

  it('takes a range from before their first second', async () => {
    const { host, entries } = await start({ generation });
    const days = requestFor('frxEURUSD', '1d', '1900-01-01T00:00:00Z', '2004-01-01T00:00:00Z');
    expect(await read(host, days)).toEqual(truth(days));
    await read(host, { ...days, end: Date.parse('1960-01-01') });
    // 34 years of days since 1970 are three windows of 5000.
    expect(entries.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('knows an unknown symbol', async () => {
    const { host, entries } = await start({ generation });
    await expect(
      read(host, requestFor('R_9999', '1m', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z')),
    ).rejects.toMatchObject({
      code: 'SYMBOL_UNKNOWN',
    });
    expect(entries).toHaveLength(1);
  });
});

describe('when things go wrong', () => {
  it('loses nothing to a connection that breaks, nor to an answer that is late', async () => {
    const faults: (Fault | undefined)[] = [
      undefined,
      { kind: 'reset' },
      { kind: 'delay', ms: 60 },
      undefined,
      { kind: 'reset' },
    ];
    const { host, entries } = await start({ faults });
    expect(await read(host, YEAR_END)).toEqual(truth(YEAR_END));
    expect(entries.length).toBeGreaterThan(4);
  });

  it('calls a garbled answer malformed', async () => {
    const { host } = await start({ faults: [{ kind: 'status', body: '<html>maintenance</html>' }] });
    await expect(read(host, YEAR_END)).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it('waits as long as a rate limit says, or says when it ends', async () => {
    const patience = { longestWaitMs: 1_000 };
    const { host, entries } = await start({ rateLimit: { max: 2, perMs: 60_000 }, host: { patience } });
    const before = Date.now();
    const failed = await read(host, YEAR_END).catch((error) => error);
    expect(failed).toMatchObject({ code: 'THROTTLED' });
    expect(failed.until).toBeGreaterThan(before + 50_000);
    const sent = entries.length;
    await expect(read(host, YEAR_END)).rejects.toMatchObject({ code: 'THROTTLED' });
    expect(entries.length).toBe(sent);
  });

  it('keeps below the limit that the server watches', async () => {
    // Half as fast as the server allows: it shares this process, and counts arrivals that its own work delays.
    const limit = { windows: [{ name: 'minute', max: 6, perMs: 1200 }] };
    const { host, entries } = await start({ rateLimit: { max: 6, perMs: 600 }, host: { limit } });
    const month = requestFor('R_100', '1m', '2025-01-01T00:00:00Z', '2025-02-20T00:00:00Z');
    expect(await read(host, month)).toHaveLength(50 * 1440);
    expect(entries.map(({ status }) => status)).toEqual(Array(15).fill(200));
  });

  it('says whose login or application is refused, and shows no token', async () => {
    const said: string[] = [];
    const debug = (message: string, fields?: object): void => void said.push(message + JSON.stringify(fields ?? {}));
    for (const own of [{ token: 'CANARY-TOKEN' }, { appId: 'alphanumeric', token: 'CANARY-TOKEN' }]) {
      const { host } = await start({ host: { options: own, debug } });
      const error = await read(host, YEAR_END).catch((each) => each);
      expect(error).toMatchObject({ code: 'AUTH' });
      expect(`${error.stack}${error.message}${JSON.stringify(error)}${said.join()}`).not.toContain('CANARY');
    }
  });

  it('logs in with a good token, again after every break', async () => {
    const faults: (Fault | undefined)[] = [undefined, { kind: 'reset' }];
    const { host, entries } = await start({
      faults,
      tokens: ['good-token'],
      host: { options: { token: 'good-token' } },
    });
    expect(await read(host, YEAR_END)).toEqual(truth(YEAR_END));
    expect(entries.filter(({ what }) => what.includes('authorize'))).toHaveLength(2);
  });
});
