import { describe, expect, it } from '@jest/globals';
import { parseSymbol } from '../../../src/market/symbol.js';
import { recognise } from '../src/instrument.js';

describe('what Alpha Vantage takes for its own', () => {
  it.each([
    ['IBM', 'equity', 'IBM'],
    ['BRK-B', 'equity', 'BRK-B'],
    ['BRK.B', 'equity', 'BRK.B'],
    ['TSCO.LON', 'equity', 'TSCO.LON'],
    ['600104.SHH', 'equity', '600104.SHH'],
    ['TSCO.L', 'equity', 'TSCO.LON'],
    ['SHOP.TO', 'equity', 'SHOP.TRT'],
    ['EURUSD=X', 'fx', 'EUR/USD'],
    ['JPY=X', 'fx', 'USD/JPY'],
    ['BTC-USD', 'crypto', 'BTC/USD'],
    ['BTC/EUR', 'crypto', 'BTC/EUR'],
    ['BTCUSD', 'crypto', 'BTC/USD'],
  ])('%s is its %s %s', (symbol, assetClass, native) => {
    expect(recognise(parseSymbol(symbol))).toEqual({ symbol, assetClass, native });
  });

  it.each([
    'BTCUSDT',
    'BTCUSDT@um',
    'R_100',
    'frxEURUSD',
    '^GSPC',
    'GC=F',
    '7203.T',
    'EURUSD',
    'ibm',
    '../IBM',
    'A&B=C',
  ])('%s is not', (symbol) => {
    expect(recognise(parseSymbol(symbol))).toBeUndefined();
  });

  it('offered as a coin is one where it can be, and money never is', () => {
    expect(recognise(parseSymbol('AVAXUSD', 'crypto'))).toMatchObject({ assetClass: 'crypto', native: 'AVAX/USD' });
    expect(recognise(parseSymbol('EURUSD', 'crypto'))).toBeUndefined();
  });
});
