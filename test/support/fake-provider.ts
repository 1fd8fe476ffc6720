import type {
  AnyProvider,
  Capabilities,
  MarketCapability,
  Provider,
  Schema,
  Timeframe,
} from '../../src/provider/index.js';

type Options = Readonly<Record<string, unknown>>;

/** Takes any object as it is. */
const anyOptions: Schema<Options> = {
  '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value: (value ?? {}) as Options }) },
};

/** A provider of one market that claims what `claims` says, and has nothing to give. */
export function fakeProvider(
  parts: Partial<Omit<Provider<Options>, 'capabilities'>> & {
    readonly claims?: RegExp;
    readonly capabilities?: Partial<Capabilities>;
    readonly timeframes?: readonly Timeframe[];
    readonly market?: Partial<MarketCapability>;
  },
): AnyProvider {
  const { claims = /./, capabilities, timeframes = ['1h', '1d'], market, ...rest } = parts;
  const offered = timeframes.map((timeframe) => ({ timeframe, barsPerRequest: 1000 }));
  return {
    api: 1,
    id: 'fake',
    title: 'Fake',
    options: anyOptions,
    capabilities: () => ({
      markets: [{ assetClass: 'crypto', volume: 'real', timeframes: offered, ...market }],
      limits: { pools: { main: { concurrency: 1, windows: [{ name: 'second', max: 1, perMs: 1000 }] } } },
      hosts: ['https://fake.example'],
      ...capabilities,
    }),
    instrument: ({ symbol, assetClass, market: suffix }) =>
      claims.test(symbol) ? { symbol, native: symbol, assetClass, market: suffix } : undefined,
    async *bars() {
      yield* [];
    },
    samples: {
      known: { symbol: 'BTCUSDT', timeframe: '1h', start: '2024-01-01', end: '2024-01-02' },
      unknown: 'NOSUCHUSDT',
    },
    ...rest,
  };
}
