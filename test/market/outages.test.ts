import { expect, test } from '@jest/globals';
import { type Outage, outagesOf } from '../../src/market/outages.js';

const outage = (given: Partial<Outage>): Outage => ({
  provider: 'binance',
  from: '2020-02-19T11:35:33Z',
  to: '2020-02-19T17:30:00Z',
  what: 'maintenance',
  source: 'a test',
  ...given,
});

const isHit = (given: Partial<Outage>, symbol: string, provider = 'binance'): boolean =>
  outagesOf({ outages: [outage(given)] }, { provider, symbol }).length === 1;

test.each([
  [{}, 'BTCUSDT', true],
  [{}, 'BTCUSDT@um', true],
  [{ market: 'spot' }, 'BTCUSDT', true],
  [{ market: 'spot' }, 'BTCUSDT@um', false],
  [{ market: 'um' }, 'BTCUSDT@um', true],
  [{ market: 'um' }, 'BTCUSDT', false],
  [{ symbols: ['SOL*'] }, 'SOLUSDT', true],
  [{ symbols: ['SOL*'] }, 'XSOLUSDT', false],
  [{ symbols: ['ETHUSDT', '*BTC'] }, 'SOLBTC', true],
  [{ symbols: ['B.C*'] }, 'BTCUSDT', false],
  [{ symbols: ['BTCUSDT'], market: 'um' }, 'BTCUSDT@um', true],
] as const)('%j and %s: %s', (given, symbol, hit) => {
  expect(isHit(given, symbol)).toBe(hit);
});

test('another provider’s outage is none', () => {
  expect(isHit({}, 'BTCUSDT', 'yahoo')).toBe(false);
});

test('come in order, with their reasons', () => {
  const outages = [outage({}), outage({ from: '2018-02-08T00:00:00Z', to: '2018-02-09T00:00:00Z', what: 'a flood' })];
  expect(outagesOf({ outages }, { provider: 'binance', symbol: 'ETHBTC' })).toEqual([
    { start: Date.UTC(2018, 1, 8), end: Date.UTC(2018, 1, 9), reason: 'a flood' },
    { start: Date.UTC(2020, 1, 19, 11, 35, 33), end: Date.UTC(2020, 1, 19, 17, 30), reason: 'maintenance' },
  ]);
});
