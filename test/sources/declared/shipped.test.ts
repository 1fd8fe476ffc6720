import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../../plugins/sandbox/src/start-sandbox.js';
import { configFor } from '../../../plugins/sandbox/src/write-config.js';
import { checkProvider } from '../../../src/conformance/index.js';
import type { AnyProvider } from '../../../src/provider/index.js';
import { compileProvider } from '../../../src/sources/declared/compile-provider.js';
import { parseDeclaration } from '../../../src/sources/declared/parse-declaration.js';

/** A Wednesday, with a bar of every timeframe that is still forming. */
const NOW = Date.UTC(2026, 10, 18, 15, 7, 30);
const PLENTY = { rateLimit: { max: 1_000_000, perMs: 60_000 } };
/** What a declaration cannot have, or what these need not: no listing, no archive, no key. */
const UNTRIED = /^(instruments|secrets|archive-.*)$/;

async function shipped(id: string): Promise<AnyProvider> {
  const text = readFileSync(new URL(`../../../config/providers/${id}.json`, import.meta.url), 'utf8');
  const parsed = await parseDeclaration(text, 'json');
  if ('fault' in parsed) throw new Error(`${parsed.fault.at} ${parsed.fault.what}`);
  return compileProvider(parsed.file);
}

describe('the declarations that ship, against the sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({
      now: () => NOW,
      servers: ['kraken', 'coinbase', 'bitstamp'],
      ...{ kraken: PLENTY, coinbase: PLENTY, bitstamp: PLENTY },
    });
  });
  afterAll(() => sandbox.close());

  it.each([
    ['kraken', ['stops-on-abort', 'first-bar']],
    ['coinbase', []],
    ['bitstamp', []],
  ] as const)('%s keeps every rule', async (id, more) => {
    const provider = await shipped(id);
    const url = id === 'bitstamp' ? `${sandbox.urls.bitstamp}/api/v2` : sandbox.urls[id];
    const { results } = await checkProvider({ provider, options: { url }, now: () => NOW, patienceMs: 20_000 });
    expect(results.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
    const skipped = results.filter(({ outcome }) => outcome === 'skipped').map(({ rule }) => rule);
    expect(skipped.filter((rule) => !UNTRIED.test(rule) && !more.some((each) => each === rule))).toEqual([]);
  });
});

describe('a declaration with keys', () => {
  it.each([
    ['a header', { header: 'X-Api-Key' }],
    ['a parameter', { query: 'api_key' }],
  ])('in %s shows them nowhere', async (_what, place) => {
    const sandbox = await startSandbox({ now: () => NOW, servers: ['coinbase'], coinbase: PLENTY });
    try {
      const text = readFileSync(new URL('../../../config/providers/coinbase.json', import.meta.url), 'utf8');
      const secrets = { apiKey: { env: ['ALMANAC_COINBASE_KEY'], required: true, ...place } };
      const parsed = await parseDeclaration(JSON.stringify({ ...JSON.parse(text), secrets }), 'json');
      if ('fault' in parsed) throw new Error(parsed.fault.what);
      const options = { url: sandbox.urls.coinbase, apiKey: 'a-key-of-ours' };
      const provider = compileProvider(parsed.file);
      const { results } = await checkProvider({ provider, options, now: () => NOW, patienceMs: 20_000 });
      expect(results.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
      expect(results.find(({ rule }) => rule === 'secrets')).toMatchObject({ outcome: 'pass' });
    } finally {
      await sandbox.close();
    }
  });
});

it('the sandbox’s settings point all of them at it', async () => {
  const names = ['binance', 'binance-archive', 'deriv', 'yahoo', 'alpha-vantage', 'coingecko'];
  const servers = [...names, 'kraken', 'coinbase', 'bitstamp'].map((name) => ({
    name,
    url: `http://127.0.0.1/${name}`,
  }));
  const { providers } = configFor(servers) as { providers: Record<string, { url?: string }> };
  expect([providers.kraken?.url, providers.bitstamp?.url]).toEqual([
    'http://127.0.0.1/kraken',
    'http://127.0.0.1/bitstamp/api/v2',
  ]);
});
