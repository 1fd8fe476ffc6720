import { describe, expect, it } from '@jest/globals';
import { checkProvider } from '../../../src/conformance/index.js';
import { coingecko } from '../src/index.js';
import { FakeGecko } from './fake-gecko.js';

const NOW = Date.UTC(2026, 10, 21, 12, 34, 56);

describe('conformance', () => {
  it.each([
    ['without a key', {}],
    ['on the pro plan', { plan: 'pro', apiKey: 'CG-a-key' }],
  ])('%s, every rule holds', async (_what, options) => {
    const transport = () => new FakeGecko(() => NOW, 'plan' in options);
    const { results } = await checkProvider({ provider: coingecko, options, transport, now: () => NOW });
    expect(results.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
    const skipped = results.filter(({ outcome }) => outcome === 'skipped').map(({ rule }) => rule);
    // CoinGecko has no archive, so those rules have nothing to hold.
    expect(skipped.filter((rule) => !rule.startsWith('archive-'))).toEqual(['first-bar']);
  });
});
