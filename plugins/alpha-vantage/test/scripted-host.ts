import type { Context } from '../../../src/provider/index.js';
import { createHost } from '../../../src/sources/host/create-host.js';
import { alphaVantage } from '../src/index.js';
import type { AlphaVantageOptions } from '../src/options.js';

export interface Asked {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

export const KEY = 'CANARY-%+/=é';

/** The real host around the provider, with a script in the network's place. */
export async function scriptHost(
  answer: (url: URL, nth: number) => string,
  {
    now = Date.parse('2024-06-03T12:00Z'),
    options = {} as Record<string, unknown>,
    debug = (_line: string) => {},
  } = {},
) {
  const asked: Asked[] = [];
  const host = await createHost(alphaVantage, {
    options: { apiKey: KEY, ...options },
    limit: { windows: [{ name: 'second', max: 1000, perMs: 1000 }] },
    patience: { attempts: 1, totalMs: 5000 },
    now: () => now,
    debug: (message, fields) => debug(`${message} ${JSON.stringify(fields)}`),
    transport: {
      async send({ url, headers }) {
        asked.push({ url: new URL(url), headers: { ...headers } });
        const bytes = Buffer.from(answer(new URL(url), asked.length));
        return {
          status: 200,
          headers: { 'content-length': `${bytes.length}` },
          body: (async function* () {
            yield bytes;
          })(),
          discard() {},
        };
      },
      close() {},
    },
  });
  return { host, asked, context: host.context as Context<AlphaVantageOptions>, close: () => host.close() };
}
