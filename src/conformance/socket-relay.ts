import type { AddressInfo } from 'node:net';
import { type RawData, WebSocket, WebSocketServer } from 'ws';

/** What becomes of an answer: other text, or the end of the connection. `keys` are those of all questions so far. */
export type Spoil = (answer: string, keys: ReadonlySet<string>) => string | 'close';

export interface SocketRelay {
  /** Where to connect in place of the target. */
  readonly url: string;
  /** How many answers passed so far. */
  readonly answers: () => number;
  close(): Promise<void>;
}

/** Stands between a provider and its WebSocket server on loopback; from the nth answer on it spoils what comes. */
export async function startSocketRelay(target: URL, nth = 1, spoil?: Spoil): Promise<SocketRelay> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise<void>((resolve) => server.once('listening', resolve));
  const far = new Set<WebSocket>();
  const keys = new Set<string>();
  let answers = 0;
  server.on('connection', (near, request) => {
    const there = new WebSocket(new URL(request.url ?? '/', target), { perMessageDeflate: false });
    far.add(there);
    const waiting: string[] = [];
    near.on('message', (data) => {
      const question = textOf(data);
      for (const key of Object.keys(parse(question))) keys.add(key);
      if (there.readyState === WebSocket.OPEN) there.send(question);
      else waiting.push(question);
    });
    there.on('open', () => {
      for (const question of waiting.splice(0)) there.send(question);
    });
    there.on('message', (data) => {
      answers += 1;
      const answer = textOf(data);
      const result = spoil === undefined || answers < nth ? answer : spoil(answer, keys);
      if (result === 'close') near.close(1011, 'internal error');
      else near.send(result);
    });
    for (const [one, other] of [
      [near, there],
      [there, near],
    ] as const) {
      one.on('error', () => other.terminate());
      one.on('close', () => other.close());
    }
  });
  const url = new URL(target.pathname + target.search, `ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    url: url.href,
    answers: () => answers,
    close: () =>
      new Promise((resolve) => {
        for (const each of [...far, ...server.clients]) each.terminate();
        server.close(() => resolve());
      }),
  };
}

function textOf(data: RawData): string {
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data as ArrayBuffer).toString('utf8');
}

export function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
