// Every reply that is made to eat memory, against one provider in a process of its own, so that its peak can be told:
// node memory-child.js PROVIDER. Prints a line of JSON. It runs the built program, and is ended by what nobody handles.
import { createServer } from 'node:http';
import { brotliCompressSync, constants, createGzip, gzipSync } from 'node:zlib';
import { once } from 'node:events';
import { WebSocketServer } from 'ws';
import { fetchBars } from '../../dist/sources/fetch-bars.js';
import { createHost } from '../../dist/sources/host/create-host.js';

const MIB = 1024 * 1024;
const HOUR = 3_600_000;
const START = Date.UTC(2024, 4, 1);
const pattern = (unit, bytes) => Buffer.alloc(bytes, unit);

const bodies = {
  'a gzip bomb of 300 MB': ['gzip', await squeeze(300)],
  'a gzip bomb of 60 MB': ['gzip', await squeeze(60)],
  'a brotli bomb of 300 MB': [
    'br',
    brotliCompressSync(pattern(' ', 300 * MIB), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  ],
  'lists in lists, fifteen million deep': [undefined, Buffer.concat([pattern('[', 15 * MIB), pattern(']', 15 * MIB)])],
  'ten million empty objects': [undefined, Buffer.concat([Buffer.from('['), pattern('{},', 30 * MIB), Buffer.from('{}]')])],
  'ten million numbers': [undefined, Buffer.concat([Buffer.from('['), pattern('17,', 30 * MIB), Buffer.from('17]')])],
  'ten million empty objects, packed': [
    'gzip',
    gzipSync(Buffer.concat([Buffer.from('['), pattern('{},', 30 * MIB), Buffer.from('{}]')])),
  ],
  'a text of 31 MB in one line': [undefined, Buffer.concat([Buffer.from('{"a":"'), pattern('x', 31 * MIB), Buffer.from('"}')])],
  'a text of 31 MB that is not English': [undefined, Buffer.concat([Buffer.from('{"a":"'), pattern('日', 30 * MIB), Buffer.from('"}')])],
  'a table without end': [undefined, undefined, 'timestamp,open,high,low,close,volume\r\n', '2024-05-01,1,1,1,1,1\r\n'],
  'a list without end': [undefined, undefined, '[', '[1714521600000,"1","1","1","1","1",1714525199999,"1",1,"1","1","0"],'],
};

/** Bytes as the level-1 bomb they are, without holding them. */
async function squeeze(mib) {
  const gzip = createGzip({ level: 9 });
  const parts = [];
  gzip.on('data', (part) => parts.push(part));
  const piece = pattern('0', MIB);
  for (let i = 0; i < mib; i++) if (!gzip.write(piece)) await once(gzip, 'drain');
  gzip.end();
  await once(gzip, 'end');
  return Buffer.concat(parts);
}

let current;
const server = createServer(async (_, response) => {
  const [encoding, body, head, unit] = bodies[current];
  response.setHeader('content-type', 'application/json');
  if (encoding !== undefined) response.setHeader('content-encoding', encoding);
  response.on('error', () => undefined);
  if (body !== undefined) return void response.end(body);
  response.write(head);
  const piece = Buffer.from(unit.repeat(1000));
  while (!response.destroyed) if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
});
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (ws) => {
  ws.on('error', () => undefined);
  ws.on('message', (text) => {
    const { req_id: id, ping } = JSON.parse(text);
    if (ping !== undefined) return;
    const [, body, , unit] = bodies[current];
    const junk = body?.subarray(0, 3.9 * MIB).toString('latin1') ?? unit;
    const text2 = junk.startsWith('[{') ? `{"req_id":${id},"candles":${junk.slice(0, junk.lastIndexOf(','))}]}` : `{"req_id":${id},"candles":${junk}`;
    ws.send(text2);
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address();
const at = `http://127.0.0.1:${port}`;

const any = { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } };
const tiny = {
  api: 1,
  id: 'tiny',
  title: 'Tiny',
  options: any,
  capabilities: () => ({ hosts: [at], markets: [], limits: { pools: { main: { concurrency: 1, windows: [] } } } }),
  instrument: () => undefined,
  async *bars(_, { http }) {
    const value = await http.json({ url: at }, any);
    yield Array.isArray(value) ? value.slice(0, 10) : [];
  },
};
const crypto = (symbol, native = symbol) => ({ symbol, native, assetClass: 'crypto' });
const load = async (id, name) => (await import(`../../plugins/${id}/dist/index.js`))[name];
const subjects = {
  tiny: async () => [tiny, {}, crypto('BTCUSDT'), '1h'],
  binance: async () => [await load('binance', 'binance'), { restUrl: at }, crypto('BTCUSDT'), '1h'],
  deriv: async () => [
    await load('deriv', 'deriv'),
    { url: `ws://127.0.0.1:${port}` },
    { symbol: 'R_100', native: 'R_100', assetClass: 'synthetic' },
    '1h',
  ],
  yahoo: async () => [await load('yahoo', 'yahoo'), { url: at }, crypto('BTC-USD'), '1h'],
  'alpha-vantage': async () => [
    await load('alpha-vantage', 'alphaVantage'),
    { url: at, apiKey: 'abcdefgh', plan: 'premium1200' },
    { symbol: 'IBM', native: 'IBM', assetClass: 'equity' },
    '1d',
  ],
  coingecko: async () => [
    await load('coingecko', 'coingecko'),
    { url: at, plan: 'pro', apiKey: 'abcdefgh', coins: { BTC: 'bitcoin' } },
    crypto('BTCUSDT', 'btc/usd'),
    '1h',
  ],
};

const [provider, options, instrument, timeframe] = await subjects[process.argv[2]]();
const only = process.argv[3];
const outcomes = {};
const before = process.resourceUsage().maxRSS;
for (current of Object.keys(bodies).filter((name) => only === undefined || name === only)) {
  const host = await createHost(provider, {
    options,
    now: () => START + 60 * 24 * HOUR,
    patience: { attempts: 1, totalMs: 4000, headMs: 2000, idleMs: 2000 },
  });
  const begun = performance.now();
  let rows = 0;
  let code;
  try {
    const request = { instrument, timeframe, start: START, end: START + 24 * 20 * HOUR };
    for await (const { time } of fetchBars(host, request, { sessions: false })) rows += time.length;
  } catch (error) {
    code = error.name === 'ProviderError' ? error.code : `untyped ${error.stack}`;
  }
  await host.close();
  const mib = Math.round(process.resourceUsage().maxRSS / 1024);
  outcomes[current] = { code, rows, ms: Math.round(performance.now() - begun), mib };
}
process.stdout.write(`${JSON.stringify({ before: Math.round(before / 1024), peak: Math.round(process.resourceUsage().maxRSS / 1024), outcomes })}\n`);
process.exit(0);
