import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AlmanacError, hasCode } from '../../src/market/almanac-error.js';
import { type AssetClass, defaultCalendar, parseSymbol } from '../../src/market/symbol.js';

const all = (assetClass: AssetClass, symbols: string): [string, AssetClass][] =>
  symbols.split(' ').map((symbol) => [symbol, assetClass]);

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
  ['CRASH500', 'synthetic'],
  ['JD10', 'synthetic'],
  ['RDBULL', 'synthetic'],
  ['RDBEAR', 'synthetic'],
  ['STPRNG', 'synthetic'],
  ['WLDAUD', 'synthetic'],
  ['R_', 'equity'],
  ['1HZV', 'equity'],
  ['BOOM', 'equity'],
  ['CRASH', 'equity'],
  ['JD', 'equity'],
  ['XR_100', 'equity'],
  ['WLDAU', 'equity'],
  ['USD=X', 'fx'],
  ['frxEURUSDX', 'equity'],
  ['XfrxEURUSD', 'equity'],
  ['EURUS=X', 'equity'],
  ['AEURUSD=X', 'equity'],
  ['EURUSD=XA', 'equity'],
  ['AUSD=X', 'equity'],
  ['A^GSPC', 'equity'],
  ['=F', 'future'],
  ['ES=FX', 'equity'],
  ['cryBTCUS', 'equity'],
  ['cryBTCUSDT', 'crypto'],
  ['XcryBTCUSD', 'equity'],
  ['cryBTCUSDx', 'equity'],
  ['ETH-BTC', 'crypto'],
  ['SHIB1000/EUR', 'crypto'],
  ['BTC/USDC', 'crypto'],
  ['BTC/USDT:USDT', 'crypto'],
  ['BTC/USDT:', 'equity'],
  ['x/USD', 'equity'],
  ['/USD', 'equity'],
  ['BTC/USDX', 'equity'],
  ['BTC/CHF', 'equity'],
  ['ABCDEFGHIJKLMNOP-USD', 'equity'],
  ['1000SHIBFDUSD', 'crypto'],
  ['USDT', 'equity'],
  ['BTCUSDTX', 'equity'],
  ['xBTCUSDT', 'equity'],
  ['BTCUSD_240628', 'crypto'],
  ['BTCUSDT_PERP', 'crypto'],
  ['BTCUSD_24062', 'equity'],
  ['BTCUSD_PERPS', 'equity'],
  ['_PERP', 'equity'],
  ['xUSD_PERP', 'equity'],
  ['BTCUSD', 'crypto'],
  ['DOGEEUR', 'crypto'],
  ['XBTCUSD', 'equity'],
  ['BTCUSDX', 'equity'],
  ...all('crypto', 'ETHTRY ADABKRW BTCBRL BNBEUR LINKEUR BTCJPY DOGETRY WINTRX BTCARS BNBAUD USDTTRY BTCUSD1 XRPGBP'),
  ...all('crypto', 'ETHEUR ETHEURI BTCBIDR BNBIDRT BTCZAR ETHPLN USDTRON BTCUAH BNBRUB USDTNGN BTCMXN USDTCZK BTCCOP'),
  ...all('crypto', 'API3TRY 1000SATSTRY TRXXRP SHIBDOGE BNSOLSOL USDTDAI SUSDT WUSDC 1INCHEUR C98TRY'),
  ...all('crypto', 'ETHBTC LTCBTC BNBBTC ADAETH XRPBNB OMBTC WLDUSDT WLDTRY WLDBTC ETHTRY@um'),
  ...all('equity', 'ABNB GBTC FBTC IBTC BITB FETH QETH XXRP AXDAI VSTRX BSOL BETH BTC ETH BNB SOL TRX DOGE'),
  ...all('equity', 'STRY AEUR OMTRY ABAUD EUR TRY USD1 CHEVRON MICRON PATTERSON STARRON'),
  ...all('equity', 'EURTRY USDTRY EURGBP GBPJPY USDJPY XAUEUR XAGAUD AUDNZD USDMXN EURPLN NZDJPY USDZAR'),
  ...all('equity', 'DE30EUR UK100GBP JP225JPY AU200AUD btcTRY ETHTRYX ETHTRY.X WLDXAG xETHTRY'),
  ...all('synthetic', 'WLDUSD WLDEUR WLDGBP WLDXAU'),
  ...all('fx', 'TRY=X EURTRY=X frxUSDTRY'),
])('%s is %s', (symbol, assetClass) => expect(parseSymbol(symbol).assetClass).toBe(assetClass));

test('a market suffix is told apart from the ticker', () => {
  expect(parseSymbol('BTCUSDT@um')).toMatchObject({ symbol: 'BTCUSDT@um', ticker: 'BTCUSDT', market: 'um' });
  expect(parseSymbol('BTCUSDT')).toMatchObject({ ticker: 'BTCUSDT', market: undefined });
  expect(parseSymbol('@um')).toMatchObject({ ticker: '@um', market: undefined });
  expect(parseSymbol('A@UM')).toMatchObject({ ticker: 'A@UM', market: undefined });
  expect(parseSymbol('A@b@um')).toMatchObject({ ticker: 'A@b', market: 'um' });
  expect(parseSymbol('A@')).toMatchObject({ ticker: 'A@', market: undefined });
  expect(parseSymbol('A@u1')).toMatchObject({ ticker: 'A@u1', market: undefined });
  expect(parseSymbol('A@1u')).toMatchObject({ ticker: 'A@1u', market: undefined });
  expect(parseSymbol('A@abcdefghijkl')).toMatchObject({ ticker: 'A', market: 'abcdefghijkl' });
  expect(parseSymbol('A@abcdefghijklm')).toMatchObject({ market: undefined });
});

test('who knows what a symbol is has the last word on its class, and only on that', () => {
  expect(parseSymbol('STRY@um', 'crypto')).toEqual({ ...parseSymbol('STRY@um'), assetClass: 'crypto' });
  expect(parseSymbol('ETHTRY', 'equity').assetClass).toBe('equity');
  for (const word of [undefined, '', 'coin', 'Crypto']) expect(parseSymbol('ETHTRY', word).assetClass).toBe('crypto');
  expect(() => parseSymbol('', 'crypto')).toThrow('it is empty');
});

test('a US share is no coin: up to five letters, unless they end in a dollar token or two stand before a coin', () => {
  const shares = fc
    .stringMatching(/^[A-Z]{1,5}$/)
    .filter((text) => !/(USD[TCP]|BUSD|TUSD|FDUSD|..(BTC|ETH|BNB))$/.test(text));
  fc.assert(fc.property(shares, (text) => expect(parseSymbol(text).assetClass).toBe('equity')));
});

test('money in money is no coin', () => {
  const money = fc.constantFrom('USD', 'EUR', 'GBP', 'JPY', 'AUD', 'TRY', 'BRL', 'CHF', 'XAU', 'PLN', 'ZAR', 'MXN');
  fc.assert(fc.property(money, money, (a, b) => expect(parseSymbol(a + b).assetClass).toBe('equity')));
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

test.each([
  ['', '"" cannot be a symbol: it is empty'],
  [' A', '" A" cannot be a symbol: it begins or ends with a space'],
  ['A'.repeat(65), `"${'A'.repeat(40)}…" cannot be a symbol: it has 65 characters, and 64 is the most`],
  ['A\u200bB', '"A\u200bB" cannot be a symbol: it has characters that cannot be seen'],
  ['\ud800', '"\\ud800" cannot be a symbol: it is not valid Unicode'],
  ['e\u0301', '"e\u0301" cannot be a symbol: its accents are written in two parts; type it in composed form (NFC)'],
  ['€'.repeat(22), `"${'€'.repeat(22)}" cannot be a symbol: it is longer than 64 bytes`],
])('%j: %s', (text, message) => {
  expect(() => parseSymbol(text)).toThrow(new AlmanacError('SYMBOL_REFUSED', message));
});

test('sixty-four bytes are a symbol, and forty characters are shown whole', () => {
  expect(parseSymbol('A'.repeat(64)).symbol).toHaveLength(64);
  expect(parseSymbol(`${'€'.repeat(21)}A`).symbol).toHaveLength(22);
  expect(() => parseSymbol(`${'A'.repeat(39)} `)).toThrow(`"${'A'.repeat(39)} " cannot`);
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
  expect(defaultCalendar('index')).toBe('XNYS');
  expect(defaultCalendar('future')).toBe('XNYS');
});
