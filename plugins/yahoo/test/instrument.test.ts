import { describe, expect, it } from '@jest/globals';
import { parseSymbol } from '../../../src/market/symbol.js';
import { recognise } from '../src/instrument.js';

describe('what Yahoo takes for its own', () => {
  it.each([
    ['AAPL', 'equity', 'AAPL'],
    ['BRK-B', 'equity', 'BRK-B'],
    ['BRK.B', 'equity', 'BRK-B'],
    ['VOD.L', 'equity', 'VOD.L'],
    ['7203.T', 'equity', '7203.T'],
    ['M&M.NS', 'equity', 'M&M.NS'],
    ['0P000071W8.TO', 'equity', '0P000071W8.TO'],
    ['^GSPC', 'index', '^GSPC'],
    ['EURUSD=X', 'fx', 'EURUSD=X'],
    ['JPY=X', 'fx', 'JPY=X'],
    ['GC=F', 'future', 'GC=F'],
    ['BTC-USD', 'crypto', 'BTC-USD'],
    ['BTC-CAD', 'crypto', 'BTC-CAD'],
  ])('%s is its %s %s', (symbol, assetClass, native) => {
    expect(recognise(parseSymbol(symbol))).toEqual({ symbol, assetClass, native });
  });

  it.each([
    'BTCUSDT',
    'BTCUSDT@um',
    'R_100',
    'frxEURUSD',
    'cryBTCUSD',
    'EURUSD',
    'BTC/USD',
    'aapl',
    '../AAPL',
    'A?B',
    'OTC_DJI',
  ])('%s is not', (symbol) => {
    expect(recognise(parseSymbol(symbol))).toBeUndefined();
  });
});
