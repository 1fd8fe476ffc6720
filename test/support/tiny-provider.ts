import { z } from 'zod';
import type { Provider, Window } from '../../src/provider/index.js';

export type Tiny = Provider<{ readonly key: string; readonly url: string }>;

/** The least that is a provider: it asks one address, and its bars are the JSON rows that come. */
export function tinyProvider(extra: Partial<Tiny> & { readonly windows?: readonly Window[] } = {}): Tiny {
  const { windows = [], ...rest } = extra;
  const rows = z.array(z.looseObject({ time: z.number() }));
  return {
    api: 1,
    id: 'tiny',
    title: 'Tiny',
    options: z.object({ key: z.string().default('none'), url: z.string().default('http://tiny.example') }),
    credentials: [{ option: 'key', env: ['TINY_KEY'], required: true }],
    capabilities: ({ url }) => ({
      hosts: [url],
      markets: [],
      limits: { pools: { main: { concurrency: 2, windows } } },
    }),
    instrument: () => undefined,
    async *bars(_, { http, options }) {
      const { url, key } = options;
      yield (await http.json(
        {
          url: `${url}/bars?symbol=BTC`,
          secretQuery: { apikey: key },
          headers: { 'x-api-key': encodeURIComponent(key) },
        },
        rows,
      )) as never;
    },
    samples: { known: { symbol: 'X', timeframe: '1h', start: '2024-01-01', end: '2024-01-02' }, unknown: 'Y' },
    ...rest,
  };
}
