import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseSymbol } from '../../src/market/symbol.js';
import { TIMEFRAMES, type Timeframe } from '../../src/market/timeframe.js';
import type { AnyProvider, MarketCapability } from '../../src/provider/index.js';
import { DEFAULTS } from '../../src/settings/defaults.js';
import type { Route } from '../../src/settings/settings.js';
import type { PreparedProvider } from '../../src/sources/registry/prepare-provider.js';
import { matchGlob } from '../../src/sources/route/match-glob.js';
import { readRules } from '../../src/sources/route/read-rules.js';
import { findProvider, type RouteRequest, route } from '../../src/sources/route.js';
import { fakeProvider } from '../support/fake-provider.js';

const DAY = 86_400_000;
const NOW = Date.parse('2024-06-01T00:00:00Z');
const ALL = TIMEFRAMES.filter((each) => each !== 'ticks');

function prepared(
  provider: AnyProvider,
  more: { type?: string; needs?: boolean; set?: boolean } = {},
): PreparedProvider {
  const { type = 'core', needs = false, set = false } = more;
  return {
    provider,
    plugin: { name: `plugin-${provider.id}`, version: '1.0.0', type, root: '/' },
    keys: needs ? [{ option: 'apiKey', env: ['SOME_KEY'], required: true, set }] : [],
    ready: true,
    given: {},
    options: {},
    capabilities: provider.capabilities({}),
  };
}

const of = (id: string, claims: RegExp, market: Partial<MarketCapability>, timeframes: readonly Timeframe[] = ALL) =>
  fakeProvider({ id, claims, timeframes, market });

const binance = prepared(of('binance', /^[A-Z]+USDT(@um)?$/, { assetClass: 'crypto' }));
const deriv = prepared(of('deriv', /^(R_|frx|cry|OTC_)/, { assetClass: 'synthetic' }, ['ticks', ...ALL]));
const alphaVantage = prepared(of('alpha-vantage', /^[A-Z]+$/, { assetClass: 'equity' }), { needs: true, set: true });
const bare = prepared(alphaVantage.provider, { needs: true });
const yahoo = prepared(
  fakeProvider({
    id: 'yahoo',
    claims: /^[A-Z]{1,5}$|^BTC-USD$|=X$/,
    capabilities: {
      markets: [
        {
          assetClass: 'equity',
          volume: 'real',
          timeframes: [
            { timeframe: '1d', barsPerRequest: 1000 },
            { timeframe: '5m', barsPerRequest: 1000, reach: { age: 60 * DAY } },
          ],
        },
        { assetClass: 'crypto', volume: 'real', timeframes: [{ timeframe: '1h', barsPerRequest: 1000 }] },
        { assetClass: 'fx', volume: 'none', timeframes: [{ timeframe: '1d', barsPerRequest: 1000 }] },
      ],
    },
  }),
);
const coingecko = prepared(
  fakeProvider({
    id: 'coingecko',
    claims: /^BTC/,
    capabilities: {
      markets: [
        {
          assetClass: 'crypto',
          volume: 'none',
          timeframes: [{ timeframe: '1h', barsPerRequest: 1, derived: true }],
        },
      ],
    },
  }),
);
const broken: PreparedProvider = {
  provider: of('broken', /./, {}),
  plugin: { name: 'p', version: '1', type: 'user', root: '/' },
  keys: [],
  ready: false,
  problem: 'its settings are wrong',
};
const FIVE = [alphaVantage, binance, coingecko, deriv, yahoo];

interface Case extends Partial<Pick<RouteRequest, 'purpose' | 'provider' | 'range'>> {
  readonly symbol: string;
  readonly timeframe?: Timeframe;
  readonly routes?: readonly Route[];
  readonly providers?: readonly PreparedProvider[];
}

function ask({ symbol, timeframe = '1h', purpose = 'primary', providers = FIVE, routes = [], ...rest }: Case) {
  const rules = readRules({ settings: { ...DEFAULTS, routes }, file: 'almanac.config.json' }, providers);
  return route({ symbol: parseSymbol(symbol), timeframe, purpose, now: NOW, ...rest }, { providers, rules });
}

describe('the defaults', () => {
  it.each<[string, Timeframe, string[], string[]]>([
    ['BTCUSDT', '1h', ['binance'], ['coingecko', 'binance']],
    ['BTC-USD', '1h', ['yahoo'], ['coingecko', 'yahoo']],
    ['AAPL', '1d', ['yahoo'], ['alpha-vantage', 'yahoo']],
    ['AAPL', '5m', ['alpha-vantage'], ['yahoo', 'alpha-vantage']],
    ['R_100', '1m', ['deriv'], ['deriv']],
    ['R_100', 'ticks', ['deriv'], ['deriv']],
    ['EURUSD=X', '1d', ['yahoo'], ['yahoo']],
    ['NOSUCH-THING-123456', '1d', [], []],
  ])('%s %s', (symbol, timeframe, primary, fill) => {
    const ids = (purpose: 'primary' | 'fill') =>
      ask({ symbol, timeframe, purpose }).choices.map(({ provider }) => provider);
    expect([ids('primary'), ids('fill')]).toEqual([primary, fill]);
  });

  it('say why, for and against', () => {
    const { choices, refused } = ask({ symbol: 'BTC-USD' });
    expect(choices.map(({ provider, reason }) => [provider, reason])).toEqual([['yahoo', 'it knows BTC-USD']]);
    expect(refused).toContainEqual({
      provider: 'binance',
      reason: 'it has no symbol of this form: BTC-USD',
      stranger: true,
    });
    expect(refused).toContainEqual({
      provider: 'coingecko',
      reason: 'it only closes holes here; --provider takes it all the same',
      barred: true,
    });
    expect(ask({ symbol: 'BTCUSDT' }).choices[0]?.reason).toBe('the default for crypto');
    expect(ask({ symbol: 'AAPL', timeframe: '1h', purpose: 'fill' }).refused[0]).toEqual({
      provider: 'yahoo',
      reason: 'it has no 1h of equity, only 1d, 5m',
    });
  });

  it('never slide to a provider that fills, and say which key is wanted', () => {
    const { choices, refused } = ask({ symbol: 'AAPL', timeframe: '5m', providers: [bare, yahoo] });
    expect(choices).toEqual([]);
    expect(refused[0]).toEqual({
      provider: 'alpha-vantage',
      reason: 'it needs a key',
      remedy: 'export SOME_KEY=…',
    });
  });

  it('count how far back a provider reaches', () => {
    const range = (from: number, to: number) => ({ start: NOW - from * DAY, end: NOW - to * DAY });
    const fill = (from: number, to: number) =>
      ask({ symbol: 'AAPL', timeframe: '5m', purpose: 'fill', range: range(from, to) });
    expect(fill(50, 40).choices[0]).toMatchObject({ provider: 'yahoo' });
    expect(fill(50, 40).choices[0]).not.toHaveProperty('from');
    expect(fill(90, 40).choices[0]).toMatchObject({ provider: 'yahoo', from: NOW - 60 * DAY });
    expect(fill(90, 60).refused[0]).toEqual({
      provider: 'yahoo',
      reason: 'its 5m reaches back to 2024-04-02T00:00:00Z only',
    });
  });
});

describe('the settings', () => {
  it('win over the defaults, for the symbols and intervals they name', () => {
    const routes = [{ match: 'BTC*', intervals: ['1h', '1d'], providers: ['coingecko'], fill: [] }];
    expect(ask({ symbol: 'BTCUSDT', routes }).choices).toMatchObject([
      { provider: 'coingecko', reason: 'routes[0] of almanac.config.json (BTC*)' },
    ]);
    expect(ask({ symbol: 'BTCUSDT', purpose: 'fill', routes }).choices).toEqual([]);
    expect(ask({ symbol: 'BTCUSDT', timeframe: '1m', routes }).choices[0]?.provider).toBe('binance');
    expect(ask({ symbol: 'ETHUSDT', routes }).choices[0]?.provider).toBe('binance');
  });

  it('hold even where they lead nowhere', () => {
    const routes = [{ match: '*', providers: ['krakn', 'deriv'] }];
    expect(ask({ symbol: 'BTCUSDT', routes })).toEqual({
      choices: [],
      refused: [
        { provider: 'krakn', reason: 'routes[0] of almanac.config.json (*) names it, and it is not installed' },
        { provider: 'deriv', reason: 'it has no symbol of this form: BTCUSDT', stranger: true },
      ],
    });
    expect(() => ask({ symbol: 'BTCUSDT', routes: [{ match: '*', intervals: ['1x'], providers: ['a'] }] })).toThrow(
      'routes[0] of almanac.config.json (*) names interval "1x", which is none',
    );
  });

  it('give way to --provider, which names the nearest where it names none', () => {
    const routes = [{ match: '*', providers: ['deriv'] }];
    expect(ask({ symbol: 'BTCUSDT', provider: 'coingecko', routes }).choices).toMatchObject([
      { provider: 'coingecko', reason: '--provider' },
    ]);
    expect(ask({ symbol: 'AAPL', provider: 'binance' }).refused).toHaveLength(1);
    expect(() => ask({ symbol: 'AAPL', provider: 'binanse' })).toThrow('did you mean binance?');
    expect(() => findProvider('zzzzzz', [])).toThrow('there are none');
  });
});

describe('a symbol nobody knows', () => {
  it('is said in capitals where somebody would serve those', () => {
    expect(ask({ symbol: 'ethusdt' }).alike).toBe('ETHUSDT');
    expect(ask({ symbol: 'ethusdt', provider: 'deriv' })).not.toHaveProperty('alike');
    expect(ask({ symbol: 'no symbol' })).not.toHaveProperty('alike');
  });
});

describe('plugins', () => {
  const kraken = of('kraken', /^BTC/, { assetClass: 'crypto' });

  it('serve what no default serves, after those that ship', () => {
    const providers = [...FIVE, prepared(kraken, { type: 'user' })];
    expect(ask({ symbol: 'BTC-USD', providers }).choices.map(({ provider }) => provider)).toEqual(['yahoo', 'kraken']);
  });

  it('may ask for symbols, and then come before the defaults', () => {
    const asking = prepared({ ...kraken, routes: [{ match: 'BTC*' }] }, { type: 'user' });
    const { choices } = ask({ symbol: 'BTCUSDT', providers: [...FIVE, asking] });
    expect(choices.map(({ provider, reason }) => [provider, reason])).toEqual([
      ['kraken', 'plugin-kraken 1.0.0 (user) asks for BTC*'],
      ['binance', 'the default for crypto'],
    ]);
  });

  it('that break are passed over', () => {
    const throwing = prepared({
      ...of('throwing', /./, {}),
      instrument: () => {
        throw new Error('oops');
      },
    });
    const { refused } = ask({ symbol: 'BTC-USD', providers: [broken, throwing, yahoo] });
    expect(refused.map(({ provider }) => provider).sort()).toEqual(['binance', 'broken', 'coingecko', 'throwing']);
  });
});

describe('what a symbol is taken for', () => {
  /** As Binance does: any capitals of its class. */
  const exchange = prepared(
    fakeProvider({
      id: 'exchange',
      timeframes: ALL,
      instrument: ({ symbol, assetClass }) =>
        assetClass === 'crypto' && /^[A-Z]+$/.test(symbol) ? { symbol, native: symbol, assetClass } : undefined,
    }),
  );
  const providers = [exchange, yahoo, deriv];
  const only = (...ids: readonly string[]) => [{ match: '*', providers: ids, fill: ids }];
  const chosen = (request: Case) =>
    ask({ providers, timeframe: '1d', ...request }).choices.map(({ provider, instrument }) => [
      provider,
      instrument.assetClass,
    ]);

  it('decides where nobody says whom to ask', () => {
    expect(chosen({ symbol: 'STRY' })).toEqual([['yahoo', 'equity']]);
    expect(chosen({ symbol: 'ETHTRY' })).toEqual([['exchange', 'crypto']]);
    expect(chosen({ symbol: 'STRY', purpose: 'fill' })).toEqual([['yahoo', 'equity']]);
  });

  it('gives way to who is named', () => {
    expect(chosen({ symbol: 'STRY', provider: 'exchange' })).toEqual([['exchange', 'crypto']]);
    expect(chosen({ symbol: 'STRY', routes: only('exchange') })).toEqual([['exchange', 'crypto']]);
    expect(chosen({ symbol: 'STRY', routes: only('gone', 'deriv', 'exchange') })).toEqual([['exchange', 'crypto']]);
    expect(chosen({ symbol: 'STRY', routes: only('exchange'), purpose: 'fill' })).toEqual([['exchange', 'crypto']]);
    expect(ask({ symbol: 'ST-RY', provider: 'exchange', providers }).refused).toEqual([
      { provider: 'exchange', reason: 'it has no symbol of this form: ST-RY', stranger: true },
    ]);
  });

  it('gives way to who takes every class and has one', () => {
    expect(ask({ symbol: 'ETHTRY', provider: 'alpha-vantage' }).choices).toEqual([
      expect.objectContaining({ instrument: expect.objectContaining({ assetClass: 'equity' }) }),
    ]);
  });

  it('holds as long as one of those who are named has it so', () => {
    expect(chosen({ symbol: 'AAPL', routes: only('exchange', 'yahoo') })).toEqual([['yahoo', 'equity']]);
    const none = ask({ symbol: 'AAPL', timeframe: '1m', providers, routes: only('exchange', 'yahoo') });
    expect([none.choices, none.refused.map(({ provider }) => provider)]).toEqual([[], ['exchange', 'yahoo']]);
  });
});

describe('always', () => {
  const symbols = fc.constantFrom('BTCUSDT', 'BTC-USD', 'AAPL', 'R_100', 'frxEURUSD', 'EURUSD=X', '^GSPC', 'ES=F', 'X');
  const wanted = fc.record({
    symbol: symbols,
    timeframe: fc.constantFrom(...TIMEFRAMES),
    purpose: fc.constantFrom('primary' as const, 'fill' as const),
    order: fc
      .shuffledSubarray([...FIVE, broken, bare])
      .map((all) => [...new Map(all.map((p) => [p.provider.id, p])).values()]),
    routes: fc.array(
      fc.record({
        match: fc.constantFrom('*', 'BTC*', 'R_*', 'AAPL'),
        providers: fc.subarray(['binance', 'yahoo', 'none'], { minLength: 1 }),
      }),
      { maxLength: 2 },
    ),
  });

  it('decides by what is installed and not by its order, and judges nobody twice', () => {
    fc.assert(
      fc.property(wanted, ({ order, ...rest }) => {
        const routed = ask({ ...rest, providers: order });
        expect(ask({ ...rest, providers: [...order].reverse() })).toEqual(routed);
        const all = [...routed.choices, ...routed.refused].map(({ provider }) => provider);
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });

  it('never chooses one that refuses the symbol or lacks the timeframe', () => {
    fc.assert(
      fc.property(wanted, ({ order, ...rest }) => {
        for (const { provider, timeframe } of ask({ ...rest, providers: order }).choices) {
          const chosen = order.find((each) => each.provider.id === provider);
          expect(chosen?.ready).toBe(true);
          expect(chosen?.provider.instrument(parseSymbol(rest.symbol), {})).toBeDefined();
          expect(timeframe.timeframe).toBe(rest.timeframe);
        }
      }),
    );
  });
});

it('takes a star for anything and the rest for itself', () => {
  expect(matchGlob('R_*', 'R_100')).toBe(true);
  expect(matchGlob('*.L', 'VODxL')).toBe(false);
  expect(matchGlob('BTC', 'BTCUSDT')).toBe(false);
  expect(matchGlob('*USDT@um', 'BTCUSDT@um')).toBe(true);
});
