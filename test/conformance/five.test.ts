import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { alphaVantage } from '../../plugins/alpha-vantage/src/index.js';
import { binance } from '../../plugins/binance/src/index.js';
import { coingecko } from '../../plugins/coingecko/src/index.js';
import { deriv } from '../../plugins/deriv/src/index.js';
import { type Sandbox, startSandbox } from '../../plugins/sandbox/src/start-sandbox.js';
import { configFor } from '../../plugins/sandbox/src/write-config.js';
import { yahoo } from '../../plugins/yahoo/src/index.js';
import { checkProvider } from '../../src/conformance/index.js';
import type { AnyProvider } from '../../src/provider/index.js';

/** A Wednesday, with New York open: every market has a bar that is still forming. */
const NOW = Date.UTC(2026, 10, 18, 15, 7, 30);
const PLENTY = { max: 1_000_000, perMs: 60_000 };

/** Only Binance has bulk files. */
const NO_FILES = ['archive-period', 'archive-absent', 'archive-mismatch', 'archive-whole'];

/** What it is given besides its addresses, and the rules that may not apply to it. */
const FIVE: readonly (readonly [AnyProvider, object, readonly string[]])[] = [
  [binance, {}, ['secrets']],
  [deriv, {}, ['limits', 'first-bar', ...NO_FILES]],
  [yahoo, {}, ['stops-on-abort', 'secrets', 'instruments', ...NO_FILES]],
  [
    alphaVantage,
    { apiKey: 'premiumConformance01', plan: 'premium' },
    ['stops-on-abort', 'instruments', 'first-bar', ...NO_FILES],
  ],
  [coingecko, { plan: 'demo' }, ['first-bar', ...NO_FILES]],
];

describe('the providers that ship, against the sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({
      now: () => NOW,
      binance: { weightLimits: { spot: PLENTY.max, um: PLENTY.max, cm: PLENTY.max } },
      deriv: { rateLimit: PLENTY },
      yahoo: { rateLimit: PLENTY },
      coingecko: { rateLimits: { none: PLENTY, demo: PLENTY, pro: PLENTY } },
      'alpha-vantage': { limits: { perDay: PLENTY.max, burst: PLENTY } },
    });
  });
  afterAll(() => sandbox.close());

  it.each(FIVE.map((each) => [each[0].id, ...each] as const))(
    '%s keeps every rule',
    async (id, provider, more, untried) => {
      const settings = configFor(sandbox.servers) as {
        providers: Readonly<Record<string, object>>;
      };
      const options = { ...settings.providers[id], ...more };
      const { results } = await checkProvider({ provider, options, now: () => NOW, patienceMs: 20_000 });
      expect(results.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
      const skipped = results.filter(({ outcome }) => outcome === 'skipped').map(({ rule }) => rule);
      expect(skipped.filter((rule) => !untried.includes(rule))).toEqual([]);
    },
  );
});
