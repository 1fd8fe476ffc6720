import { parseSymbol } from '../../../src/market/symbol.js';
import type { BarRequest, Row, Timeframe } from '../../../src/provider/index.js';
import { createHost } from '../../../src/sources/host/create-host.js';
import { createMarket } from '../../sandbox/src/market/create-market.js';
import type { Listing, Market, Step } from '../../sandbox/src/market/market.js';
import type { AlphaVantageOptions as ServerOptions } from '../../sandbox/src/servers/alpha-vantage/options.js';
import { startAlphaVantage } from '../../sandbox/src/servers/alpha-vantage/start-alpha-vantage.js';
import { createFaults } from '../../sandbox/src/servers/create-faults.js';
import { createLog } from '../../sandbox/src/servers/create-log.js';
import { alphaVantage } from '../src/index.js';

/** Whole histories are asked for again and again: this world is young, so that they are short. */
const SINCE = Date.parse('2023-10-01');
const whole = createMarket();
const market: Market = {
  ...whole,
  bars: (listing, step, start, end) => whole.bars(listing, step, Math.max(start, SINCE), end),
};

interface World {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly server?: ServerOptions;
  /** The windows as they are stated, rather than none that would keep a test waiting. */
  readonly pace?: 'stated';
}

const FREE_FOR_ALL = { limits: { perDay: 1000, burst: { max: 1000, perMs: 1000 } } };
const UNPACED = { windows: ['second', 'minute', 'day'].map((name) => ({ name, max: 1000, perMs: 86_400_000 })) };

/** The provider in its real host, against the simulated server over loopback, in a world of another time. */
export async function openSandbox(now: string, { options, server = FREE_FOR_ALL, pace }: World = {}) {
  const log = createLog();
  const faults = createFaults();
  const served = await startAlphaVantage({ market, now: () => Date.parse(now), log, faults, ...server });
  const host = await createHost(alphaVantage, {
    options: { url: served.url, apiKey: 'premium-key', plan: 'premium', ...options },
    now: () => Date.parse(now),
    limit: pace === 'stated' ? undefined : UNPACED,
    patience: { attempts: 3, totalMs: 20_000, firstPauseMs: 5, longestPauseMs: 20, longestWaitMs: 3000 },
  });
  const ask = (symbol: string, timeframe: Timeframe, start: string, end: string): BarRequest => {
    const instrument = alphaVantage.instrument(parseSymbol(symbol), host.context.options as never);
    if (instrument === undefined) throw new Error(`${symbol} is not Alpha Vantage's`);
    return { instrument, timeframe, start: Date.parse(start), end: Date.parse(end) };
  };
  return {
    log,
    faults,
    host,
    url: served.url,
    ask,
    async read(symbol: string, timeframe: Timeframe, start: string, end: string): Promise<readonly Row[]> {
      const rows: Row[] = [];
      for await (const batch of alphaVantage.bars(ask(symbol, timeframe, start, end), host.context as never)) {
        rows.push(...(batch as readonly Row[]));
      }
      return rows;
    },
    async close() {
      await host.close();
      await served.close();
    },
  };
}

/** The market in [start, end), in the decimals that are sent. */
export function truth(symbol: string, step: Step, start: string, end: string): readonly Row[] {
  const of = market.find(symbol) as Listing;
  const bars = market.bars(of, step, Date.parse(start), Date.parse(end));
  const decimals = { stock: 4, fx: 5, crypto: 8, synthetic: 0 }[of.kind];
  return Array.from(bars.time, (time, row) => {
    const text = (column: Float64Array) => (column[row] as number).toFixed(decimals);
    const volume = of.kind === 'stock' ? String(Math.round(bars.volume[row] as number)) : text(bars.volume);
    return {
      time,
      open: text(bars.open),
      high: text(bars.high),
      low: text(bars.low),
      close: text(bars.close),
      volume: of.kind === 'fx' ? null : volume,
    };
  });
}
