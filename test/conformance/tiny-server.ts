import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const HOUR = 3_600_000;
export const PAGE = 50;
/** The little world's clock: half past, so that one bar is always forming. */
export const NOW = Date.UTC(2024, 2, 1, 12, 30);
const FIRST = Date.UTC(2024, 0, 1);

export interface TinyServer {
  readonly url: string;
  /** When requests came, by the real clock. */
  readonly asked: readonly number[];
  close(): Promise<void>;
}

/**
 * `/bars?symbol=&from=&to=` answers at most fifty hourly bars with both ends inside, the forming one included, as
 * exchanges do; without a range the latest ones.
 */
export async function startTinyServer(): Promise<TinyServer> {
  const asked: number[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://tiny');
    asked.push(Date.now());
    response.setHeader('content-type', 'application/json');
    if (url.searchParams.get('symbol') !== 'TINYUSDT') {
      response.statusCode = 404;
      response.end('{"error":"no such symbol"}');
      return;
    }
    response.end(JSON.stringify({ bars: answer(url.searchParams.get('from'), url.searchParams.get('to')) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function answer(from: string | null, to: string | null): unknown[] {
  const start = from === null ? NOW - PAGE * HOUR : Number(from);
  const end = to === null ? NOW : Math.min(Number(to), NOW);
  const rows: unknown[] = [];
  for (let time = Math.max(FIRST, Math.ceil(start / HOUR) * HOUR); time <= end && rows.length < PAGE; time += HOUR) {
    rows.push(barAt(time));
  }
  return rows;
}

/** Prices that differ from bar to bar, so that one bar can be told from another. */
function barAt(time: number): (number | string)[] {
  const n = (time - FIRST) / HOUR;
  const open = 1000 + n + 0.25;
  return [time, String(open), String(open + 3.5), String(open - 2.5), String(open + 1.125), String(n % 7)];
}
