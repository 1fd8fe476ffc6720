import { describe, expect, it } from '@jest/globals';
import { parseSymbol } from '../../../src/market/symbol.js';
import { coingecko } from '../src/index.js';
import { options } from '../src/options.js';

const nativeOf = (symbol: string) => coingecko.instrument(parseSymbol(symbol))?.native;

describe('symbols', () => {
  it.each([
    ['BTCUSDT', 'btc/usd'],
    ['BTCUSDC', 'btc/usd'],
    ['BTCFDUSD', 'btc/usd'],
    ['BTCTUSD', 'btc/usd'],
    ['BTC-USD', 'btc/usd'],
    ['BTC/USDT', 'btc/usd'],
    ['BTC-EUR', 'btc/eur'],
    ['ETHBTC', 'eth/btc'],
    ['DAIUSDT', 'dai/usd'],
    ['1INCHUSDT', '1inch/usd'],
  ])('%s is asked for as %s', (symbol, native) => {
    expect(nativeOf(symbol)).toBe(native);
  });

  it.each([
    'BTCUSDT@um',
    'BTCUSD_PERP',
    'BTCUSD_240628',
    'BTC/USDT:USDT',
    'cryBTCUSD',
    'AAPL',
    'EURUSD=X',
    '^GSPC',
    'R_100',
    'USDT',
  ])('%s is not a spot pair of coins', (symbol) => {
    expect(nativeOf(symbol)).toBeUndefined();
  });
});

describe('options', () => {
  const hosts = (given: unknown) => coingecko.capabilities(options.parse(given)).hosts;

  it('has a host of its own for pro, unless another was chosen', () => {
    expect(hosts({})).toEqual(['https://api.coingecko.com']);
    expect(hosts({ plan: 'demo', apiKey: 'CG-x' })).toEqual(['https://api.coingecko.com']);
    expect(hosts({ plan: 'pro', apiKey: 'CG-x' })).toEqual(['https://pro-api.coingecko.com']);
    expect(hosts({ plan: 'pro', url: 'http://127.0.0.1:9/' })).toEqual(['http://127.0.0.1:9']);
  });

  it.each(['..', 'a/b', 'a b', '', 'a?x=1'])('refuses %j for a coin', (id) => {
    expect(options.safeParse({ coins: { BTC: id } }).success).toBe(false);
  });

  it('says which bars are made from samples', () => {
    const derived = (given: unknown) =>
      coingecko
        .capabilities(options.parse(given))
        .markets.flatMap(({ timeframes }) => timeframes)
        .map((each) => `${each.timeframe}${each.derived ? '*' : ''}`);
    expect(derived({})).toEqual(['30m', '4h', '1h*', '6h*', '8h*', '12h*', '1d*']);
    expect(derived({ plan: 'pro' })).toEqual(['30m', '4h', '1h', '1d']);
  });
});
