import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Provider } from '../../../src/provider/index.js';
import { createHost, type Host, type HostOptions } from '../../../src/sources/host/create-host.js';

type Answer = (request: IncomingMessage, response: ServerResponse, nth: number) => void;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(
  answer: Answer,
): Promise<{ url: string; seen: { path: string; at: number; headers: IncomingMessage['headers'] }[] }> {
  const seen: { path: string; at: number; headers: IncomingMessage['headers'] }[] = [];
  const server = createServer((request, response) => {
    seen.push({ path: request.url ?? '', at: Date.now(), headers: request.headers });
    answer(request, response, seen.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

function provider(url: string, extra: Partial<Provider<{ key: string }>> = {}): Provider<{ key: string }> {
  return {
    api: 1,
    id: 'tiny',
    title: 'Tiny',
    options: z.object({ key: z.string().default('s3cret-k€y') }),
    credentials: [{ option: 'key', env: ['TINY_KEY'], required: true }],
    capabilities: () => ({ hosts: [url], markets: [], limits: { pools: { main: { concurrency: 2, windows: [] } } } }),
    instrument: () => undefined,
    bars: async function* () {},
    samples: { known: { symbol: 'X', timeframe: '1h', start: '2024-01-01', end: '2024-01-02' }, unknown: 'Y' },
    ...extra,
  };
}

async function host(
  url: string,
  options: HostOptions = {},
  extra: Partial<Provider<{ key: string }>> = {},
): Promise<Host> {
  const made = await createHost(provider(url, extra), {
    ...options,
    patience: { firstPauseMs: 5, longestPauseMs: 20, headMs: 400, idleMs: 300, totalMs: 3000, ...options.patience },
  });
  closing.push(() => made.close());
  return made;
}

const anything = z.unknown();

describe('a request', () => {
  it('gives JSON of the asked shape, inflated', async () => {
    const { url, seen } = await serve((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('{"a":[1,2]}'));
    });
    const { context } = await host(url);
    expect(await context.http.json({ url: `${url}/x` }, z.object({ a: z.array(z.number()) }))).toEqual({ a: [1, 2] });
    expect(seen[0]?.headers['accept-encoding']).toBe('gzip');
  });

  it('adds secret parameters to the wire and to nothing else', async () => {
    const { url, seen } = await serve((_, response) => response.writeHead(400).end('no'));
    const said: string[] = [];
    const { context } = await host(url, { debug: (message, fields) => said.push(message + JSON.stringify(fields)) });
    const key = 's3cret-k€y';
    const error = await context.http
      .text({ url: `${url}/x?a=1`, secretQuery: { apikey: key } })
      .catch((each: Error) => each);
    expect(seen[0]?.path).toBe(`/x?a=1&apikey=${encodeURIComponent(key)}`);
    expect(error).toMatchObject({ code: 'MALFORMED' });
    for (const text of [String(error), JSON.stringify(error), ...said]) {
      expect(text).not.toContain('s3cret');
      expect(text).not.toContain(encodeURIComponent(key));
    }
    expect(said.join()).toContain('/x?a=1');
  });

  it.each([
    [500, 'UNAVAILABLE', 5],
    [503, 'UNAVAILABLE', 5],
    [401, 'AUTH', 1],
    [403, 'BLOCKED', 1],
    [404, 'SYMBOL_UNKNOWN', 1],
    [400, 'MALFORMED', 1],
    [451, 'BLOCKED', 1],
  ])('answered %i is %s after %i attempts', async (status, code, attempts) => {
    const { url, seen } = await serve((_, response) => response.writeHead(status).end('x'));
    const { context } = await host(url);
    await expect(context.http.json({ url }, anything)).rejects.toMatchObject({ code, provider: 'tiny' });
    expect(seen).toHaveLength(attempts);
  });

  it('waits for a throttle that says how long, and sends nothing meanwhile', async () => {
    const { url, seen } = await serve((_, response, nth) => {
      if (nth === 1) response.writeHead(429, { 'retry-after': '1' }).end();
      else response.end('{}');
    });
    const { context } = await host(url);
    await Promise.all([1, 2, 3].map(() => context.http.json({ url }, anything)));
    const [first, ...rest] = seen.map(({ at }) => at) as [number, ...number[]];
    const later = rest.filter((at) => at - first > 500);
    expect(later.length).toBeGreaterThanOrEqual(2);
    for (const at of later) expect(at - first).toBeGreaterThanOrEqual(990);
  });

  it('ends its work at once where the wait is too long, also for the next request', async () => {
    const { url, seen } = await serve((_, response) => response.writeHead(418, { 'retry-after': '7200' }).end());
    const { context } = await host(url);
    for (let i = 0; i < 2; i++) {
      const error = await context.http.json({ url }, anything).catch((each: unknown) => each);
      expect(error).toMatchObject({ code: 'THROTTLED' });
      expect((error as { until: number }).until - Date.now()).toBeGreaterThan(7_000_000);
    }
    expect(seen).toHaveLength(1);
  });

  it('leaves statuses that are answers to the provider', async () => {
    const { url } = await serve((_, response) => response.writeHead(404).end('<Error/>'));
    const { context } = await host(url);
    expect((await context.http.bytes({ url, answers: [404] })).status).toBe(404);
  });

  it('hears the provider’s own verdict on a reply with status 200', async () => {
    const { url } = await serve((_, response) => response.end('{"Note":"slow down"}'));
    const { context } = await host(
      url,
      { patience: { attempts: 1 } },
      {
        judge: (reply, error) => {
          if (reply.text.includes('slow down')) throw error('THROTTLED', 'told to slow down', { retryAfterMs: 50 });
          return undefined;
        },
      },
    );
    await expect(context.http.json({ url }, anything)).rejects.toMatchObject({ code: 'THROTTLED' });
  });

  it('asks nothing of a host that is not declared', async () => {
    const { url } = await serve((_, response) => response.end('{}'));
    const { context } = await host('http://127.0.0.1:1');
    await expect(context.http.json({ url }, anything)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  });

  it('follows a redirect within the origin, and none to elsewhere', async () => {
    const other = await serve((_, response) => response.end('{}'));
    const { url } = await serve((request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
      else if (request.url === '/b') response.end('{"b":1}');
      else response.writeHead(302, { location: `${other.url}/c` }).end();
    });
    const { context } = await host(url);
    expect(await context.http.json({ url: `${url}/a` }, anything)).toEqual({ b: 1 });
    await expect(context.http.json({ url: `${url}/x` }, anything)).rejects.toMatchObject({ code: 'MALFORMED' });
    expect(other.seen).toHaveLength(0);
  });
});

describe('a body', () => {
  it('streams with its sha256', async () => {
    const { url } = await serve((_, response) => response.end('hello'));
    const { context } = await host(url);
    const reply = await context.http.bytes({ url });
    let text = '';
    for await (const chunk of reply.body) text += Buffer.from(chunk).toString();
    expect(text).toBe('hello');
    expect(reply.sha256()).toBe('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824');
  });

  it('that is cut, stalled, not UTF-8 or endless is an error in bounded time', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/cut') {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"a":');
        setTimeout(() => response.destroy(), 20);
      } else if (request.url === '/stall') response.write('{');
      else if (request.url === '/silent') return;
      else if (request.url === '/utf16') response.end(Buffer.from('\ufeff{}', 'utf16le'));
      else {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(gzipSync(Buffer.alloc(50 * 1024 * 1024)));
      }
    });
    const { context } = await host(url, { patience: { attempts: 2 } });
    const patient = await host(url, { patience: { headMs: 20_000, idleMs: 20_000, totalMs: 30_000 } });
    const codeOf = (path: string, { http } = context) =>
      http.json({ url: url + path }, anything).then(
        () => 'ok',
        (error: { code: string }) => error.code,
      );
    expect(await codeOf('/cut')).toBe('UNAVAILABLE');
    expect(await codeOf('/stall')).toBe('UNAVAILABLE');
    expect(await codeOf('/silent')).toBe('UNAVAILABLE');
    expect(await codeOf('/utf16')).toBe('MALFORMED');
    // However long a busy machine takes to inflate it.
    expect(await codeOf('/bomb', patient.context)).toBe('MALFORMED');
  });

  it('that nobody reads gives its place back', async () => {
    const { url } = await serve((_, response) => response.end('x'));
    const { context } = await host(url);
    for (let i = 0; i < 4; i++) await context.http.bytes({ url });
    expect((await context.http.text({ url })).text).toBe('x');
  });
});
