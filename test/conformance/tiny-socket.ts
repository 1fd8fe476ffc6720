import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import type { BarRequest, Context, Provider, Row } from '../../src/provider/index.js';
import { HOUR, NOW } from './tiny-server.js';

const options = z.object({ url: z.url().default('wss://tiny.example/feed') });
export type SocketOptions = z.output<typeof options>;

const answer = z.object({ bars: z.array(z.tuple([z.number(), z.number().nullable()])) });

/** The same small world over a WebSocket, all in one answer. */
export const tinySocket = {
  api: 1,
  id: 'tiny-socket',
  title: 'Tiny Socket',
  options,
  capabilities: ({ url }) => ({
    markets: [
      {
        assetClass: 'crypto',
        calendar: '24x7',
        volume: 'none',
        timeframes: [{ timeframe: '1h', barsPerRequest: 5000 }],
      },
    ],
    limits: { pools: { main: { concurrency: 2, windows: [{ name: 'minute', max: 600, perMs: 60_000 }] } } },
    hosts: [url],
  }),
  instrument: ({ symbol, assetClass }) =>
    assetClass === 'crypto' && /^[A-Z]{3,20}USDT$/.test(symbol) ? { symbol, native: symbol, assetClass } : undefined,
  bars: socketBars,
  samples: {
    known: { symbol: 'TINYUSDT', timeframe: '1h', start: '2024-01-10', end: '2024-01-15' },
    unknown: 'NOPEUSDT',
  },
} as const satisfies Provider<SocketOptions>;

export async function* socketBars(request: BarRequest, context: Context<SocketOptions>): AsyncIterable<readonly Row[]> {
  const { start, end, instrument } = request;
  if (!(start < end)) return;
  const socket = context.socket({
    url: context.options.url,
    idField: 'req_id',
    keepAlive: { everyMs: 30_000, message: { ping: 1 } },
    judge: (said) => (isRefusal(said) ? context.error('SYMBOL_UNKNOWN', 'no such symbol') : undefined),
  });
  const { bars } = await socket.ask({ bars: instrument.native, from: start, to: end }, answer);
  yield bars.map(([time, price]) => ({ time, open: price, high: price, low: price, close: price }));
}

function isRefusal(said: unknown): boolean {
  return typeof said === 'object' && said !== null && 'error' in said;
}

export async function startTinySocket(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise<void>((resolve) => server.once('listening', resolve));
  server.on('connection', (client) => {
    client.on('message', (data) => {
      const { req_id, bars, from, to } = JSON.parse(String(data));
      client.send(
        JSON.stringify(bars === 'TINYUSDT' ? { req_id, bars: listBars(from, to) } : { req_id, error: 'none' }),
      );
    });
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/feed`,
    close: () =>
      new Promise((resolve) => {
        for (const client of server.clients) client.terminate();
        server.close(() => resolve());
      }),
  };
}

function listBars(from: number, to: number): readonly (readonly [number, number])[] {
  const rows: (readonly [number, number])[] = [];
  const first = Math.max(Math.ceil(from / HOUR) * HOUR, Date.UTC(2024, 0, 1));
  for (let time = first; time < to && time + HOUR <= NOW; time += HOUR) rows.push([time, 1000 + time / HOUR / 1e6]);
  return rows;
}
