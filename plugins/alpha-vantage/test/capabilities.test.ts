import { describe, expect, it } from '@jest/globals';
import { describe as describeCapabilities } from '../src/capabilities.js';
import { options } from '../src/options.js';

const capabilities = (given: object) => describeCapabilities(options.parse(given));
const timeframes = (given: object, assetClass: string) =>
  capabilities(given).markets.find((market) => market.assetClass === assetClass)?.timeframes ?? [];

describe('plans', () => {
  it('free: 25 requests a day of New York, one a second, and no bars within a day', () => {
    const { limits } = capabilities({});
    expect(limits.pools.main).toEqual({
      concurrency: 1,
      windows: [
        { name: 'second', max: 1, perMs: 1200 },
        { name: 'day', max: 25, perMs: 86_400_000, resetZone: 'America/New_York' },
      ],
    });
    for (const assetClass of ['equity', 'fx', 'crypto']) {
      expect(timeframes({}, assetClass).map(({ timeframe }) => timeframe)).toEqual(['1d', '1w', '1mo']);
    }
    expect(timeframes({}, 'equity')[0]).toMatchObject({ barsPerRequest: 100, reach: { age: 138 * 86_400_000 } });
  });

  it.each([
    ['premium', 75],
    ['premium150', 150],
    ['premium1200', 1200],
  ])('%s: %i a minute, and everything', (plan, max) => {
    expect(capabilities({ plan }).limits.pools.main?.windows).toEqual([{ name: 'minute', max, perMs: 60_000 }]);
    expect(timeframes({ plan }, 'equity').map(({ timeframe }) => timeframe)).toEqual([
      '1m',
      '5m',
      '15m',
      '30m',
      '1h',
      '1d',
      '1w',
      '1mo',
    ]);
    expect(timeframes({ plan }, 'equity')[5]).not.toHaveProperty('reach');
  });

  it('counts a month of one request by the hours it has', () => {
    expect(timeframes({ plan: 'premium' }, 'equity')[0]?.barsPerRequest).toBe(23 * 390);
    expect(timeframes({ plan: 'premium', extendedHours: true }, 'equity')[0]?.barsPerRequest).toBe(23 * 960);
  });

  it.each([{ plan: 'gold' }, { plan: 'premium0' }, { apiKey: '' }, { url: 'ftp://x' }, { ApiKey: 'x' }])(
    '%j is refused',
    (given) => {
      expect(options.safeParse(given).success).toBe(false);
    },
  );

  it('of an unknown name say which there are', () => {
    expect(options.safeParse({ plan: 'gold' }).error?.issues[0]?.message).toMatch(/must be free, or premium/);
  });
});
