import { expect, it } from '@jest/globals';
import { parseSymbol } from '../../../src/market/symbol.js';
import { chooseLister } from '../../../src/operations/demand/choose-lister.js';
import { joinWants } from '../../../src/operations/demand/want.js';
import { DEFAULT_RULES } from '../../../src/sources/route/default-rules.js';
import { fitsRule } from '../../../src/sources/route/rule.js';
import type { Choice, Routed } from '../../../src/sources/route.js';

/** The default routes, as if everybody had everything. */
const byDefault: Parameters<typeof chooseLister>[2] = ({ symbol, timeframe }): Routed => {
  const rule = DEFAULT_RULES.find((each) => fitsRule(each, symbol, timeframe));
  const choices = (rule?.providers ?? []).map((provider) => ({ provider, reason: rule?.name }) as Choice);
  return { choices, refused: [] };
};

it.each([
  ['BTC*', 'binance'],
  ['*USDT', 'binance'],
  ['*', 'binance'],
  ['BTC*@um', 'binance'],
  ['XYZ*', 'binance'],
  ['R_*', 'deriv'],
  ['BOOM*', 'deriv'],
  ['frx*', 'deriv'],
  ['cryBTC*', 'deriv'],
  ['EUR*=X', 'yahoo'],
  ['^*', 'yahoo'],
])('looks %s up in the list of %s', (pattern, provider) => {
  expect(chooseLister(pattern, '1h', byDefault)?.provider).toBe(provider);
});

it('is at a loss where nobody serves anything', () => {
  expect(chooseLister('BTC*', '1h', () => ({ choices: [], refused: [] }))).toBeUndefined();
});

it('asks for each series once: from the earliest start to the latest end', () => {
  const want = (start?: number, end?: number) => ({
    symbol: parseSymbol('BTCUSDT'),
    timeframe: '1h' as const,
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
  });
  expect(joinWants([want(5, 9), want(3, 7)])).toEqual([want(3, 9)]);
  expect(joinWants([want(5, 9), want()])).toEqual([want()]);
  expect(joinWants([want(5), want(6, 8), { ...want(1), timeframe: '1d' }])).toHaveLength(2);
});
