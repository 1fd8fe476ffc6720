import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parseSymbol } from '../../../src/market/symbol.js';
import { compileProvider } from '../../../src/sources/declared/compile-provider.js';
import { parseDeclaration } from '../../../src/sources/declared/parse-declaration.js';
import { fetchBars } from '../../../src/sources/fetch-bars.js';
import { createHost } from '../../../src/sources/host/create-host.js';
import { declaration } from '../../support/declaration.js';

const NOW = Date.parse('2024-03-01T00:00:00Z');
const START = Date.parse('2024-02-01T00:00:00Z');
const HOUR = 3_600_000;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

type Reply = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown };

async function serve(answer: (url: URL, count: number) => Reply): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${JSON.stringify(request.headers)}`);
    const { status = 200, headers = {}, body } = answer(new URL(`http://x${request.url}`), asked.length);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** Asks a declared provider for so many hours; the times that came, or what was said. */
async function ask(more: object, options: object, hours = 48): Promise<readonly number[] | string> {
  const parsed = await parseDeclaration(JSON.stringify(declaration({ ...more })), 'json');
  if ('fault' in parsed) throw new Error(`${parsed.fault.at} ${parsed.fault.what}`);
  const provider = compileProvider(parsed.file);
  const host = await createHost(provider, { options, now: () => NOW, patience: { attempts: 1, totalMs: 5000 } });
  try {
    const instrument = provider.instrument(parseSymbol('BTC-USD'), options as never);
    if (instrument === undefined) throw new Error('not its symbol');
    const times: number[] = [];
    const request = { instrument, timeframe: '1h', start: START, end: START + hours * HOUR } as const;
    for await (const bars of fetchBars(host, request, { sessions: false })) times.push(...bars.time);
    return times;
  } catch (error) {
    return `${(error as { code?: string }).code}: ${(error as Error).message}`;
  } finally {
    await host.close();
  }
}

const row = (time: number) => ({ t: time / 1000, o: 2, h: 3, l: 1, c: 2, v: 5 });
const hours = (from: number, count: number) => Array.from({ length: count }, (_, i) => row(from + i * HOUR));

describe('a declared provider’s server', () => {
  it('that is honest is believed, page by page', async () => {
    const { url, asked } = await serve(({ searchParams }) => {
      const [from, to] = [Number(searchParams.get('from')) * 1000, Number(searchParams.get('to')) * 1000];
      return { body: { rows: hours(from, (to - from) / HOUR) } };
    });
    expect(await ask({}, { url }, 250)).toHaveLength(250);
    expect(asked).toHaveLength(3);
  });

  it('may count back from an end, or say where its next page is, newest first', async () => {
    const wanted = Array.from({ length: 250 }, (_, i) => START + i * HOUR);
    const back = {
      request: { path: '/{native}', query: { before: '{end.ms}', count: '{limit}' } },
      paging: { style: 'backward', barsPerRequest: 100 },
    };
    const counting = await serve(({ searchParams }) => {
      const [before, count] = [Number(searchParams.get('before')), Number(searchParams.get('count'))];
      return { body: { rows: hours(before - count * HOUR, count) } };
    });
    expect(await ask(back, { url: counting.url }, 250)).toEqual(wanted);
    expect(counting.asked).toHaveLength(3);
    const pages = {
      request: { path: '/{native}', query: { page: '{cursor}' } },
      paging: { style: 'cursor', barsPerRequest: 100, cursor: '/next' },
      rows: { ...(declaration().rows as object), order: 'descending' },
    };
    const turning = await serve(({ searchParams }) => {
      const page = Number(searchParams.get('page') ?? 0);
      const rows = hours(START + (150 - page * 100) * HOUR, 100).reverse();
      return { body: { rows, next: page === 2 ? '' : String(page + 1) } };
    });
    expect(await ask(pages, { url: turning.url }, 250)).toEqual(wanted);
    expect(turning.asked.map((what) => what.split(' ')[0])).toEqual(['/BTCUSD', '/BTCUSD?page=1', '/BTCUSD?page=2']);
  });

  it('cannot send it elsewhere', async () => {
    const other = await serve(() => ({ body: { rows: hours(START, 48) } }));
    const { url } = await serve(() => ({ status: 302, headers: { location: other.url }, body: {} }));
    expect(await ask({}, { url })).toMatch(/^MALFORMED: .*sends requests on to .*, which is not followed$/);
    expect(other.asked).toEqual([]);
  });

  it('cannot go on for ever by cursors that are new each time', async () => {
    const cursor = {
      request: { path: '/{native}', query: { after: '{cursor}' } },
      paging: { style: 'cursor', barsPerRequest: 100, cursor: '/next' },
    };
    const { url, asked } = await serve((_, count) => ({ body: { rows: hours(START, 48), next: `page-${count}` } }));
    expect(await ask(cursor, { url })).toMatch(/^MALFORMED: .*have no end$/);
    expect(asked.length).toBeLessThan(20);
    const same = await serve(() => ({ body: { rows: hours(START, 48), next: 'page-1' } }));
    expect(await ask(cursor, { url: same.url })).toMatch(/^MALFORMED: .*have no end$/);
    expect(same.asked).toHaveLength(2);
  });

  it('cannot pass bars of another symbol for what was asked, where its replies name one', async () => {
    const rows = { ...(declaration().rows as object), echo: { at: '/pair', is: '{base}/{quote}' } };
    const right = await serve(() => ({ body: { pair: 'BTC/USD', rows: hours(START, 48) } }));
    expect(await ask({ rows }, { url: right.url })).toHaveLength(48);
    const wrong = await serve(() => ({ body: { pair: 'ETH/USD', rows: hours(START, 48) } }));
    expect(await ask({ rows }, { url: wrong.url })).toBe(
      'MALFORMED: Mine: asked for BTCUSD, it sent bars of "ETH/USD"',
    );
  });

  it('cannot pass other times, shorter bars, or nothing at all for an answer', async () => {
    const old = await serve(() => ({ body: { rows: hours(START - 500 * HOUR, 48) } }));
    expect(await ask({}, { url: old.url })).toMatch(/^MALFORMED: .*it sent bars of 2024-01-/);
    const minutes = Array.from({ length: 100 }, (_, i) => row(START + i * 60_000));
    const short = await serve(() => ({ body: { rows: minutes } }));
    expect(await ask({}, { url: short.url })).toMatch(/^MALFORMED: .*sent shorter bars$/);
    const none = await serve(() => ({ body: {} }));
    expect(await ask({}, { url: none.url })).toBe('MALFORMED: Mine: its reply has no rows at "/rows"');
    const unpriced = await serve(() => ({ body: { rows: [{ t: START / 1000, o: 1, h: 1, l: 1 }] } }));
    expect(await ask({}, { url: unpriced.url })).toMatch(/^MALFORMED: .*row 0 of its reply lacks/);
  });

  it('is told a key only where the file says, and errors mean what the file says', async () => {
    const secrets = {
      apiKey: { env: ['ALMANAC_MINE_KEY'], required: true, header: 'Authorization', prefix: 'Bearer ' },
      token: { env: ['ALMANAC_MINE_TOKEN'], required: false, query: 'token' },
    };
    const errors = { at: '/error', texts: { 'no such *': 'SYMBOL_UNKNOWN' }, status: { '400': 'OUT_OF_REACH' } };
    const { url, asked } = await serve(() => ({ body: { error: 'no such pair' } }));
    expect(await ask({ secrets, errors }, { url, apiKey: 'CANARY-1', token: 'CANARY-2' })).toBe(
      'SYMBOL_UNKNOWN: Mine: it says “no such pair”',
    );
    expect(asked[0]).toContain('token=CANARY-2');
    expect(asked[0]).toContain('"authorization":"Bearer CANARY-1"');
    const refusing = await serve(() => ({ status: 400, body: {} }));
    expect(await ask({ errors }, { url: refusing.url })).toMatch(/^OUT_OF_REACH: Mine: it answered 400/);
  });

  it('may say by a status, or by saying nothing, that there is nothing', async () => {
    const { url } = await serve(() => ({ status: 404, body: {} }));
    expect(await ask({ empty: { status: [404] } }, { url })).toEqual([]);
    const bare = await serve(() => ({ body: { code: 0 } }));
    expect(await ask({ empty: { missing: true } }, { url: bare.url })).toEqual([]);
  });
});

describe('times', () => {
  const iso = (zone?: string) => ({ time: { unit: 'iso', ...(zone === undefined ? {} : { zone }) } });
  it.each([
    ['ms', { time: { unit: 'ms' } }, START],
    ['us, as text', { time: { unit: 'us' } }, `${START}000`],
    ['ns, as text', { time: { unit: 'ns' } }, `${START}000000`],
    ['iso with an offset', iso(), '2024-02-01T01:00:00+01:00'],
    ['iso of a zone', iso('America/New_York'), '2024-01-31 19:00:00'],
    ['a date', iso('America/New_York'), '2024-02-01'],
  ])('in %s', async (_what, more, t) => {
    const { url } = await serve(() => ({ body: { rows: [{ ...row(START), t }] } }));
    expect(await ask(more, { url })).toEqual([START]);
  });
});
