import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hasCode } from '../../src/market/almanac-error.js';
import { type AssetClass, defaultCalendar, parseSymbol } from '../../src/market/symbol.js';

test.each<[string, AssetClass]>([
  ['BTCUSDT', 'crypto'],
  ['BTCUSDT@um', 'crypto'],
  ['BTCUSD_PERP@cm', 'crypto'],
  ['BTC/USDT', 'crypto'],
  ['BTC-USD', 'crypto'],
  ['cryBTCUSD', 'crypto'],
  ['AAPL', 'equity'],
  ['BRK.B', 'equity'],
  ['VOD.L', 'equity'],
  ['CON', 'equity'],
  ['^GSPC', 'index'],
  ['OTC_SPC', 'index'],
  ['EURUSD=X', 'fx'],
  ['frxEURUSD', 'fx'],
  ['ES=F', 'future'],
  ['R_100', 'synthetic'],
  ['1HZ100V', 'synthetic'],
  ['BOOM1000', 'synthetic'],
])('%s is %s', (symbol, assetClass) => expect(parseSymbol(symbol).assetClass).toBe(assetClass));

test('a market suffix is told apart from the ticker', () => {
  expect(parseSymbol('BTCUSDT@um')).toMatchObject({ symbol: 'BTCUSDT@um', ticker: 'BTCUSDT', market: 'um' });
  expect(parseSymbol('BTCUSDT')).toMatchObject({ ticker: 'BTCUSDT', market: undefined });
  expect(parseSymbol('@um')).toMatchObject({ ticker: '@um', market: undefined });
  expect(parseSymbol('A@UM')).toMatchObject({ ticker: 'A@UM', market: undefined });
});

describe('what cannot be a symbol is refused in one sentence', () => {
  const unseen = ['', ' ', ' A', 'A ', 'A\nB', 'A\u0000', 'A\u200bB', '\ufeffA', 'A\u202eB'];
  const broken = ['\ud800', 'e\u0301'];
  const long = ['A'.repeat(65), 'A'.repeat(300), '€'.repeat(30)];
  test.each([...unseen, ...broken, ...long])('%j', (text) => {
    let refusal: unknown;
    try {
      parseSymbol(text);
    } catch (error) {
      refusal = error;
    }
    expect(hasCode(refusal, 'SYMBOL_REFUSED')).toBe(true);
    expect((refusal as Error).message).not.toContain('\n');
    expect((refusal as Error).message.length).toBeLessThan(200);
  });
});

test('any text is either refused with its code or kept exactly as typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      try {
        const { symbol, ticker, market } = parseSymbol(text);
        expect(symbol).toBe(text);
        expect(market === undefined ? ticker : `${ticker}@${market}`).toBe(text);
        expect(new TextEncoder().encode(symbol).length).toBeLessThanOrEqual(64);
      } catch (error) {
        if (!hasCode(error, 'SYMBOL_REFUSED')) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});

test('around the clock for crypto and synthetics, sessions for the rest', () => {
  expect(defaultCalendar('crypto')).toBe('24x7');
  expect(defaultCalendar('synthetic')).toBe('24x7');
  expect(defaultCalendar('fx')).toBe('fx');
  expect(defaultCalendar('equity')).toBe('XNYS');
});
