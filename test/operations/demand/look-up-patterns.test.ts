import { expect, it } from '@jest/globals';
import { lookUpPatterns } from '../../../src/operations/demand/look-up-patterns.js';
import type { Listing } from '../../../src/provider/index.js';
import type { Host } from '../../../src/sources/host/create-host.js';
import { fakeProvider } from '../../support/fake-provider.js';

const listed: readonly Listing[] = ['STRY', 'ETHTRY', 'BTCUSDT'].map((symbol) => ({
  symbol,
  native: symbol,
  assetClass: 'crypto',
  active: true,
}));
const provider = fakeProvider({
  async *instruments() {
    yield listed;
  },
});
const lookUp = (...symbols: readonly string[]) =>
  lookUpPatterns([{ symbols, timeframes: ['1h'] }], {
    route: () => ({ choices: [], refused: [] }),
    host: async () => ({ provider }) as unknown as Host,
    provider: 'fake',
    delisted: false,
  });

it('takes what a list says of a symbol for true, and guesses where nobody was asked', async () => {
  const classesOf = async (...symbols: readonly string[]) =>
    (await lookUp(...symbols)).map(({ symbol, provider: whose }) => [symbol.symbol, symbol.assetClass, whose]);
  expect(await classesOf('*TRY')).toEqual([
    ['ETHTRY', 'crypto', 'fake'],
    ['STRY', 'crypto', 'fake'],
  ]);
  expect(await classesOf('STRY')).toEqual([['STRY', 'equity', undefined]]);
});
