import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { AnyProvider } from '../../../src/provider/index.js';
import { DEFAULTS } from '../../../src/settings/defaults.js';
import { prepareProvider } from '../../../src/sources/registry/prepare-provider.js';
import { fakeProvider } from '../../support/fake-provider.js';

const plugin = { name: 'p', version: '1.0.0', type: 'user', root: '/p' };
const FILE = { kind: 'file', name: '/home/me/almanac.config.json' } as const;

function prepare(
  provider: AnyProvider,
  options: Readonly<Record<string, string>> = {},
  environment: Record<string, string> = {},
) {
  const settings = { ...DEFAULTS, providers: { ...DEFAULTS.providers, [provider.id]: options } };
  const values = Object.entries(options).map(([option, value]) => ({
    path: ['providers', provider.id, option],
    value,
    origin: FILE,
  }));
  return prepareProvider({ provider, plugin }, { settings, values }, environment);
}

const keyed = fakeProvider({
  id: 'kraken',
  options: z.object({ apiKey: z.string(), url: z.url().default('https://kraken.example') }),
  credentials: [
    { option: 'apiKey', env: ['KRAKEN_KEY', 'KRAKEN_API_KEY'], required: true, url: 'https://k.example/keys' },
  ],
});

describe('a provider of somebody else', () => {
  it('gets its key from the variable it names, which wins over the file', async () => {
    const options = { apiKey: 'from-file' };
    expect(await prepare(keyed, options)).toMatchObject({
      ready: true,
      options: { apiKey: 'from-file', url: 'https://kraken.example' },
      keys: [{ set: true, from: '/home/me/almanac.config.json' }],
    });
    expect(await prepare(keyed, options, { KRAKEN_API_KEY: 'second' })).toMatchObject({
      options: { apiKey: 'second' },
      keys: [{ set: true, from: 'KRAKEN_API_KEY' }],
    });
    const both = await prepare(keyed, {}, { KRAKEN_KEY: 'first', KRAKEN_API_KEY: 'second' });
    expect(both).toMatchObject({ options: { apiKey: 'first' } });
  });

  it('says where to get the key that it lacks', async () => {
    const prepared = await prepare(keyed);
    expect(prepared).toMatchObject({ ready: false, problem: 'it needs a key', keys: [{ set: false }] });
    expect(prepared).toMatchObject({ suggestion: 'export KRAKEN_KEY=…   (a key: https://k.example/keys)' });
  });

  it('never repeats a key in what it says is wrong', async () => {
    const picky = {
      ...keyed,
      options: z.object({ apiKey: z.string().refine(() => false, { error: (i) => `bad ${i.input}` }) }),
    };
    const prepared = await prepare(picky, { apiKey: 'CANARY' });
    expect(prepared).toMatchObject({ ready: false, problem: 'its settings are wrong: apiKey: bad [secret]' });
    expect(JSON.stringify(prepared)).not.toContain('CANARY');
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      'throws',
      () => {
        throw new Error('no plan\nat line 3');
      },
      /^it fails on its settings: no plan$/,
    ],
    [
      'states no markets',
      () => ({ markets: [], limits: { pools: {} }, hosts: ['https://a.example'] }),
      /markets: must hold/,
    ],
    [
      'states a window of zero',
      () => ({ ...fakeProvider({}).capabilities({}), limits: { pools: { main: { concurrency: 0, windows: [] } } } }),
      /limits\.pools\.main\.concurrency/,
    ],
    ['would reach a file', () => ({ ...fakeProvider({}).capabilities({}), hosts: ['file:///etc/passwd'] }), /hosts\.0/],
  ])('is not ready when it %s', async (_, capabilities, problem) => {
    const prepared = await prepare({ ...fakeProvider({}), capabilities } as AnyProvider);
    expect(prepared).toMatchObject({ ready: false, problem: expect.stringMatching(problem) });
  });
});

it('leaves the variables of those that ship to the settings, which know them', async () => {
  const shipped = fakeProvider({
    id: 'coingecko',
    credentials: [{ option: 'apiKey', env: ['COINGECKO_DEMO_API_KEY', 'COINGECKO_PRO_API_KEY'], required: false }],
  });
  const prepared = await prepare(shipped, { plan: 'pro', apiKey: 'pro-key' }, { COINGECKO_DEMO_API_KEY: 'demo-key' });
  expect(prepared).toMatchObject({ options: { plan: 'pro', apiKey: 'pro-key' }, keys: [{ set: true }] });
});
