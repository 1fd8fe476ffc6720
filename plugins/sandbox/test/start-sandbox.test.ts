import { describe, expect, it } from '@jest/globals';
import { startSandbox } from '../src/start-sandbox.js';

describe('startSandbox', () => {
  it('serves everything from one market, logs it, and spoils what it is told to', async () => {
    const seen: string[] = [];
    const sandbox = await startSandbox({
      seed: 2,
      now: () => Date.parse('2025-01-02T00:00:00Z'),
      faults: [{ server: 'coingecko', times: 1, fault: { kind: 'status', status: 503, body: 'no' } }],
      onRequest: ({ server, what }) => seen.push(`${server} ${what}`),
    });
    try {
      expect(sandbox.servers.map(({ name }) => name)).toEqual([
        'binance',
        'binance-archive',
        'deriv',
        'yahoo',
        'alpha-vantage',
        'coingecko',
        'kraken',
        'coinbase',
        'bitstamp',
      ]);
      for (const { name, url } of sandbox.servers) {
        expect(sandbox.urls[name as keyof typeof sandbox.urls]).toBe(url);
        expect(url).toMatch(/^(http|ws):\/\/127\.0\.0\.1:\d+/);
      }
      const { serverTime } = (await (await fetch(`${sandbox.urls.binance}/api/v3/time`)).json()) as {
        serverTime: number;
      };
      expect(serverTime).toBe(Date.parse('2025-01-02T00:00:00Z'));
      expect((await fetch(`${sandbox.urls.coingecko}/api/v3/ping`)).status).toBe(503);
      expect((await fetch(`${sandbox.urls.coingecko}/api/v3/ping`)).status).toBe(200);
      expect(seen).toEqual(['binance /api/v3/time', 'coingecko /api/v3/ping', 'coingecko /api/v3/ping']);
      expect(sandbox.log.entries.map(({ status }) => status)).toEqual([200, 503, 200]);
    } finally {
      await sandbox.close();
    }
    await expect(fetch(sandbox.urls.binance)).rejects.toThrow();
  });

  it('starts only what is wanted, and leaves nothing open when a port is taken', async () => {
    const first = await startSandbox({ servers: ['coingecko'] });
    const port = Number(new URL(first.urls.coingecko).port);
    expect(first.servers).toHaveLength(1);
    await expect(startSandbox({ servers: ['binance', 'coingecko'], ports: { coingecko: port } })).rejects.toThrow(
      'EADDRINUSE',
    );
    await first.close();
  });
});
