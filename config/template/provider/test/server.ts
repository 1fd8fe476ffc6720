import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const STEPS: Readonly<Record<string, number>> = { '1min': 60, '1hour': 3600, '1day': 86_400 };
const LISTED: Readonly<Record<string, number>> = { 'BTC-USD': 1_609_459_200, 'ETH-USD': 1_612_137_600 };

export interface Server {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Speaks their wire format on loopback, with what is awkward about it: seconds, an `end` that is inside, a last candle
 * that is still forming, refusals with status 200. Its prices are made up, and the same each time.
 */
export async function startServer(port = 0): Promise<Server> {
  const server = createServer((request, response) => {
    const { status = 200, body } = answer(new URL(request.url ?? '/', 'http://loopback'));
    response.writeHead(status, { 'content-type': 'application/json', 'x-ratelimit-used': '1' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

interface Answer {
  readonly status?: number;
  readonly body: unknown;
}

function answer({ pathname, searchParams: query }: URL): Answer {
  const now = Math.floor(Date.now() / 1000);
  if (pathname === '/v1/time') return { body: { time: now } };
  if (pathname === '/v1/symbols') {
    const symbols = Object.entries(LISTED).map(([symbol, listed]) => ({ symbol, status: 'trading', listed }));
    return { body: { symbols } };
  }
  if (pathname !== '/v1/candles') return refuse('not_found', pathname, 404);
  const listed = LISTED[query.get('symbol') ?? ''];
  const step = STEPS[query.get('interval') ?? ''];
  if (listed === undefined) return refuse('unknown_symbol', 'no such symbol');
  if (step === undefined) return refuse('unknown_interval', 'no such interval', 400);
  const first = Math.max(Number(query.get('start') ?? 0), listed);
  const last = Math.min(Number(query.get('end') ?? now), now);
  const limit = Number(query.get('limit') ?? 100);
  const candles: unknown[] = [];
  for (let time = Math.ceil(first / step) * step; time <= last && candles.length < limit; time += step) {
    candles.push(candleAt(time, step));
  }
  return { body: { candles } };
}

function refuse(code: string, message: string, status = 200): Answer {
  return { status, body: { error: { code, message } } };
}

/** A slow wave, so that one candle can be told from the next and none leaps. */
function candleAt(time: number, step: number): readonly (number | string)[] {
  const price = (at: number): number => 30_000 + 4000 * Math.sin(at / 4e6) + 60 * Math.sin(at / 9000);
  const [open, close] = [price(time), price(time + step)];
  const [high, low] = [Math.max(open, close) + 5, Math.min(open, close) - 5];
  const volume = 10 + ((time / step) % 17);
  return [time, ...[open, high, low, close, volume].map((value) => value.toFixed(2))];
}
