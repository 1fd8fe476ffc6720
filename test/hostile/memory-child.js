// Asks one provider for bars of each of several servers, in a process of its own, so that its peak of memory can be
// told: node --expose-gc memory-child.js PROVIDER '{"case": port, …}'. Prints one line of JSON. It runs the built program, and what
// nobody handles ends it.
import { readFileSync } from 'node:fs';
import { fetchBars } from '../../dist/sources/fetch-bars.js';
import { createHost } from '../../dist/sources/host/create-host.js';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 4, 1);

const any = { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } };
/** The least careful one: it takes any JSON at all. */
const tiny = {
  api: 1,
  id: 'tiny',
  title: 'Tiny',
  options: any,
  capabilities: ({ url }) => ({
    hosts: [url],
    markets: [],
    limits: { pools: { main: { concurrency: 1, windows: [] } } },
  }),
  instrument: () => undefined,
  async *bars(_, { http, options }) {
    const value = await http.json({ url: options.url }, any);
    yield Array.isArray(value) ? value.slice(0, 10) : [];
  },
};
const load = async (id, name) => (await import(`../../plugins/${id}/dist/index.js`))[name];
const crypto = (symbol, native = symbol) => ({ symbol, native, assetClass: 'crypto' });
const stock = { symbol: 'IBM', native: 'IBM', assetClass: 'equity' };
const index = { symbol: 'R_100', native: 'R_100', assetClass: 'synthetic' };
const http = (port) => `http://127.0.0.1:${port}`;

const SUBJECTS = {
  tiny: [async () => tiny, (port) => ({ url: http(port) }), crypto('BTCUSDT'), '1h'],
  binance: [() => load('binance', 'binance'), (port) => ({ restUrl: http(port) }), crypto('BTCUSDT'), '1h'],
  deriv: [() => load('deriv', 'deriv'), (port) => ({ url: `ws://127.0.0.1:${port}` }), index, '1h'],
  yahoo: [() => load('yahoo', 'yahoo'), (port) => ({ url: http(port) }), crypto('BTC-USD'), '1h'],
  'alpha-vantage': [
    () => load('alpha-vantage', 'alphaVantage'),
    (port) => ({ url: http(port), apiKey: 'abcdefgh', plan: 'premium1200' }),
    stock,
    '1d',
  ],
  coingecko: [
    () => load('coingecko', 'coingecko'),
    (port) => ({ url: http(port), plan: 'pro', apiKey: 'abcdefgh', coins: { BTC: 'bitcoin' } }),
    crypto('BTCUSDT', 'btc/usd'),
    '1h',
  ],
};

/** The system's own count would begin with the parent's, because a child is a copy of it for a moment. */
function peakOfMemory() {
  const [, kib] = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'));
  return Math.round(kib / 1024);
}

const [loadProvider, optionsOf, instrument, timeframe] = SUBJECTS[process.argv[2]];
const provider = await loadProvider();
const outcomes = {};
for (const [name, port] of Object.entries(JSON.parse(process.argv[3]))) {
  const host = await createHost(provider, {
    options: optionsOf(port),
    now: () => START + 60 * 24 * HOUR,
    patience: { attempts: 1, totalMs: 4000, headMs: 2000, idleMs: 2000 },
  });
  globalThis.gc(); // what one reply costs is asked, and not what eleven before it have left to be swept up
  const begun = performance.now();
  let rows = 0;
  let code = 'none';
  try {
    const request = { instrument, timeframe, start: START, end: START + 20 * 24 * HOUR };
    for await (const { time } of fetchBars(host, request, { sessions: false })) rows += time.length;
  } catch (error) {
    code = error.name === 'ProviderError' ? error.code : `untyped ${error.stack}`;
  }
  await host.close();
  outcomes[name] = { code, rows, ms: Math.round(performance.now() - begun), mib: peakOfMemory() };
}
process.stdout.write(`${JSON.stringify(outcomes)}\n`);
process.exit(0);
