import { describe, expect, it } from '@jest/globals';
import { deriv } from '../src/index.js';
import { judgeAnswer } from '../src/judge.js';
import { options } from '../src/options.js';
import { makeError, scripted } from './scripted-host.js';

const recognise = (symbol: string, market?: string) =>
  deriv.instrument({ symbol, ticker: symbol, market, assetClass: 'equity' }, options.parse({}));

describe('symbols', () => {
  it.each([
    ['R_100', 'synthetic'],
    ['1HZ100V', 'synthetic'],
    ['BOOM1000', 'synthetic'],
    ['CRASH300N', 'synthetic'],
    ['JD25', 'synthetic'],
    ['frxEURUSD', 'fx'],
    ['frxXAUUSD', 'fx'],
    ['WLDAUD', 'fx'],
    ['cryBTCUSD', 'crypto'],
    ['OTC_SPC', 'index'],
  ])('knows %s as %s', (symbol, assetClass) => {
    expect(recognise(symbol)).toEqual({ symbol, native: symbol, assetClass });
  });

  it.each([
    'r_100',
    'FRXEURUSD',
    'frxeurusd',
    'EURUSD=X',
    'AAPL',
    'BTCUSDT',
    'OTC_',
    'R_',
    '',
    '../R_100',
    'R_100\n',
    'R_100 ',
  ])('does not know %j', (symbol) => expect(recognise(symbol)).toBeUndefined());

  it('has no markets', () => expect(recognise('R_100', 'um')).toBeUndefined());
});

describe('the connection', () => {
  const channelOf = async (own: object) => {
    const { context, channels } = scripted(() => ({ time: 1_700_000_000 }), own);
    expect(await deriv.probe?.(context)).toEqual({
      detail: expect.stringContaining('answers'),
      serverTime: 1_700_000_000_000,
    });
    const [channel] = channels;
    return { url: String(channel?.url), hello: channel?.hello, keepAlive: channel?.keepAlive };
  };

  it('names the application, and logs in only with a token', async () => {
    expect(await channelOf({})).toEqual({
      url: 'wss://ws.derivws.com/websockets/v3?app_id=1089',
      hello: undefined,
      keepAlive: { everyMs: 30_000, message: { ping: 1 } },
    });
    const named = await channelOf({ appId: '77', token: 'secret' });
    expect(named.url).toContain('app_id=77');
    expect(named.url).not.toContain('secret');
    expect(named.hello).toEqual([{ authorize: 'secret' }]);
    expect((await channelOf({ url: 'wss://ws.derivws.com/websockets/v3?app_id=5&l=EN' })).url).toMatch(
      /\?app_id=5&l=EN$/,
    );
  });

  it('does neither with the API of 2026', async () => {
    const url = 'wss://api.derivws.com/trading/v1/options/ws/public';
    expect(await channelOf({ url, appId: '77', token: 'secret' })).toMatchObject({ url, hello: undefined });
  });

  it('is asked only where its options say', () => {
    expect(deriv.capabilities(options.parse({ url: 'ws://127.0.0.1:9/x' })).hosts).toEqual(['ws://127.0.0.1:9/x']);
    expect(() => options.parse({ url: 'https://ws.derivws.com' })).toThrow();
    expect(() => options.parse({ apiKey: 'x' })).toThrow();
  });
});

describe('refusals', () => {
  const judged = (code: string, message = 'said', details?: object) =>
    judgeAnswer({ error: { code, message, details }, msg_type: 'ticks_history' }, makeError) as
      | { code?: string }
      | undefined;

  it.each([
    ['InvalidSymbol', 'SYMBOL_UNKNOWN'],
    ['RateLimit', 'THROTTLED'],
    ['MarketIsClosed', 'UNAVAILABLE'],
    ['InvalidToken', 'AUTH'],
    ['AuthorizationRequired', 'AUTH'],
    ['InvalidAppID', 'AUTH'],
    ['Unauthorized', 'AUTH'],
    ['WrongResponse', 'UNAVAILABLE'],
    ['InternalError', 'UNAVAILABLE'],
    ['StreamingNotAllowed', 'OUT_OF_REACH'],
    ['UnrecognisedRequest', 'MALFORMED'],
    ['InputValidationFailed', 'MALFORMED'],
    ['SomethingNew', 'MALFORMED'],
  ])('reads %s as %s', (code, expected) => {
    expect(judged(code)).toMatchObject({ code: expected, message: `said (${code})` });
  });

  it('tells a granularity from a symbol from a mistake of its own', () => {
    expect(judged('InputValidationFailed', 'Input validation failed: granularity')?.code).toBe('UNSUPPORTED');
    expect(judged('InputValidationFailed', 'Input validation failed', { granularity: 'no' })?.code).toBe('UNSUPPORTED');
    expect(judged('InputValidationFailed', 'Input validation failed: ticks_history')?.code).toBe('SYMBOL_UNKNOWN');
  });

  it('says when it may go on', () => {
    expect(judged('RateLimit')).toMatchObject({ details: { retryAfterMs: 60_000 } });
  });

  it.each([null, 1, 'text', [], {}, { error: null }, { candles: [] }])('finds none in %j', (answer) => {
    expect(judgeAnswer(answer, makeError)).toBeUndefined();
  });

  it.each([{ error: 'text' }, { error: {} }, { error: { code: 7, message: [] } }])('reads even %j as one', (answer) => {
    expect(judgeAnswer(answer, makeError)).toMatchObject({ code: 'MALFORMED' });
  });
});

describe('what it lists', () => {
  it.each(['symbol', 'underlying_symbol'])('reads %s', async (name) => {
    const { context } = scripted(() => ({
      active_symbols: [
        { [name]: 'R_100', is_trading_suspended: 0, pip: 0.01 },
        { [name]: 'frxEURUSD', is_trading_suspended: 1 },
        { [name]: 'SOMETHINGELSE', is_trading_suspended: 0 },
      ],
    }));
    const listings = [];
    for await (const batch of deriv.instruments?.(context) ?? []) listings.push(...batch);
    expect(listings).toEqual([
      { symbol: 'R_100', native: 'R_100', assetClass: 'synthetic', active: true },
      { symbol: 'frxEURUSD', native: 'frxEURUSD', assetClass: 'fx', active: false },
    ]);
  });
});
