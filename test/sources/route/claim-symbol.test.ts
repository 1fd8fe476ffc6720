import { expect, it } from '@jest/globals';
import { parseSymbol } from '../../../src/market/symbol.js';
import type { AssetClass, ParsedSymbol } from '../../../src/provider/index.js';
import { claimSymbol } from '../../../src/sources/route/claim-symbol.js';
import { fakeProvider } from '../../support/fake-provider.js';

/** A provider that has these classes, and what it was offered. */
function claimant(classes: readonly AssetClass[], takes: (symbol: ParsedSymbol) => AssetClass | undefined) {
  const offered: string[] = [];
  const provider = fakeProvider({
    capabilities: { markets: classes.map((assetClass) => ({ assetClass, volume: 'real', timeframes: [] })) },
    instrument(symbol) {
      offered.push(symbol.assetClass);
      const assetClass = takes(symbol);
      return assetClass && { symbol: symbol.symbol, native: symbol.ticker, assetClass, market: symbol.market };
    },
  });
  return { offered, who: { provider, options: {}, capabilities: provider.capabilities({}) } };
}

it('offers what it is taken for, and nothing else unless that may be wrong', () => {
  const { offered, who } = claimant(['crypto', 'fx'], ({ assetClass }) => (assetClass === 'fx' ? 'fx' : undefined));
  expect(claimSymbol(who, parseSymbol('STRY'))).toBeUndefined();
  expect(offered.splice(0)).toEqual(['equity']);
  expect(claimSymbol(who, parseSymbol('STRY'), true)).toMatchObject({ symbol: 'STRY', assetClass: 'fx' });
  expect(offered.splice(0)).toEqual(['equity', 'crypto', 'fx']);
  expect(claimSymbol(who, parseSymbol('STRY', 'fx'), true)).toMatchObject({ assetClass: 'fx' });
  expect(offered).toEqual(['fx']);
});

it('takes an answer of a class that its provider has before one that it has not', () => {
  const { who } = claimant(['crypto'], ({ assetClass }) => assetClass);
  expect(claimSymbol(who, parseSymbol('STRY'))).toMatchObject({ assetClass: 'equity' });
  expect(claimSymbol(who, parseSymbol('STRY'), true)).toMatchObject({ assetClass: 'crypto' });
  // Another market is another symbol, whatever its class.
  expect(claimSymbol(who, parseSymbol('STRY@um'), true)).toMatchObject({ assetClass: 'equity', market: 'um' });
});

it('does not know what its provider throws at', () => {
  const { who } = claimant(['crypto', 'fx'], ({ assetClass }) => {
    if (assetClass === 'fx') return 'fx';
    throw new TypeError('oops');
  });
  expect(claimSymbol(who, parseSymbol('STRY'))).toBeUndefined();
  expect(claimSymbol(who, parseSymbol('STRY'), true)).toMatchObject({ assetClass: 'fx' });
});
