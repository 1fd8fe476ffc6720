type Tree = Readonly<Record<string, unknown>>;

/** The least that declares a provider, for tests to spoil. */
export function declaration(more: Tree = {}): Tree {
  return {
    api: 1,
    id: 'mine',
    name: 'Mine',
    baseUrl: 'https://api.mine.example',
    request: { path: '/candles/{native}', query: { from: '{start.s}', to: '{end.s}' } },
    paging: { style: 'forward', barsPerRequest: 100 },
    rows: { at: '/rows', time: '/t', open: '/o', high: '/h', low: '/l', close: '/c', volume: '/v' },
    time: { unit: 's' },
    market: { assetClass: 'crypto', calendar: '24x7' },
    timeframes: { '1h': { code: 60, reach: { since: '2024-01-01' } } },
    symbols: { accept: ['{base}-{quote}'], native: '{base}{quote}', quotes: ['USD'] },
    limits: { concurrency: 2, windows: [{ name: 'second', max: 10, seconds: 1 }] },
    samples: {
      known: { symbol: 'BTC-USD', timeframe: '1h', start: '2024-02-01', end: '2024-02-03' },
      unknown: 'XQZNOSUCH-USD',
    },
    ...more,
  };
}
