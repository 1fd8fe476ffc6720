import { createHash } from 'node:crypto';
import type { BarRequest, Context } from '../../../src/provider/index.js';
import { createHost } from '../../../src/sources/host/create-host.js';
import { binance } from '../src/index.js';
import type { Options } from '../src/options.js';

export interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** The real host around the provider, with a script in the network's place. */
export async function scriptHost(
  answer: (url: URL, nth: number) => Scripted,
  given: {
    readonly options?: Readonly<Record<string, string>>;
    readonly now?: number;
    readonly signal?: AbortSignal;
  } = {},
) {
  const asked: URL[] = [];
  const host = await createHost(binance, {
    options: given.options ?? {},
    patience: { attempts: 1, totalMs: 5000 },
    ...(given.now === undefined ? {} : { now: () => given.now as number }),
    ...(given.signal === undefined ? {} : { signal: given.signal }),
    transport: {
      async send({ url }) {
        asked.push(url);
        const { status = 200, headers = {}, body } = answer(url, asked.length);
        const bytes = Buffer.from(body as string);
        return {
          status,
          headers: { 'content-length': `${bytes.length}`, ...headers },
          body: pieces(bytes),
          discard() {},
        };
      },
      close() {},
    },
  });
  return { host, asked, context: host.context as Context<Options>, close: () => host.close() };
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}

export const SPOT = { symbol: 'BTCUSDT', native: 'BTCUSDT', assetClass: 'crypto' } as const;
export const UM = { symbol: 'BTCUSDT@um', native: 'BTCUSDT', assetClass: 'crypto', market: 'um' } as const;
export const CM = { symbol: 'BTCUSD_PERP@cm', native: 'BTCUSD_PERP', assetClass: 'crypto', market: 'cm' } as const;

export function request(start: string, end: string, more: Partial<BarRequest> = {}): BarRequest {
  return { instrument: SPOT, timeframe: '1h', start: Date.parse(start), end: Date.parse(end), ...more };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export async function failure(
  work: Promise<unknown>,
): Promise<{ code: string; message: string; until?: number; suggestions?: string[] }> {
  try {
    await work;
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('it did not fail');
}

export async function collect<T>(items: AsyncIterable<T> | undefined): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items ?? []) all.push(item);
  return all;
}
