import type { Context } from '../../../src/provider/index.js';
import { createHost } from '../../../src/sources/host/create-host.js';
import { yahoo } from '../src/index.js';
import type { YahooOptions } from '../src/options.js';

export interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Asked {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** The real host around the provider, with a script in the network's place. */
export async function scriptHost(
  answer: (url: URL, nth: number) => Scripted,
  { now = Date.parse('2024-06-03T12:00Z'), url = 'https://query2.finance.yahoo.com' } = {},
) {
  const asked: Asked[] = [];
  const host = await createHost(yahoo, {
    options: { url },
    patience: { attempts: 1, totalMs: 5000 },
    now: () => now,
    transport: {
      async send({ url, headers }) {
        asked.push({ url: new URL(url), headers: { ...headers } });
        const { status = 200, headers: replied = {}, body } = answer(new URL(url), asked.length);
        const bytes = Buffer.from(body);
        return {
          status,
          headers: { 'content-length': `${bytes.length}`, ...replied },
          body: (async function* () {
            yield bytes;
          })(),
          discard() {},
        };
      },
      close() {},
    },
  });
  return { host, asked, context: host.context as Context<YahooOptions>, close: () => host.close() };
}
