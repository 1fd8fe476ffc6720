import { parseSymbol } from '../../../src/market/symbol.js';
import type { BarRequest, Row, Timeframe } from '../../../src/provider/index.js';
import { createHost } from '../../../src/sources/host/create-host.js';
import { createMarket } from '../../sandbox/src/market/create-market.js';
import type { Listing, Step } from '../../sandbox/src/market/market.js';
import { createFaults } from '../../sandbox/src/servers/create-faults.js';
import { createLog } from '../../sandbox/src/servers/create-log.js';
import type { YahooParts } from '../../sandbox/src/servers/yahoo/options.js';
import { startYahoo } from '../../sandbox/src/servers/yahoo/start-yahoo.js';
import { yahoo } from '../src/index.js';

export const market = createMarket();

/** The provider in its real host, against the simulated server over loopback, in a world of another time. */
export async function openSandbox(now: string, server: Partial<YahooParts> = {}, silenceMs = 10_000) {
  const log = createLog();
  const faults = createFaults();
  const clock = { now: Date.parse(now) };
  const served = await startYahoo({ market, now: () => clock.now, log, faults, ...server });
  const host = await createHost(yahoo, {
    options: { url: served.url },
    now: () => clock.now,
    limit: { windows: [{ name: 'minute', max: 1000, perMs: 60_000 }] },
    patience: {
      attempts: 3,
      totalMs: 20_000,
      firstPauseMs: 5,
      longestPauseMs: 20,
      idleMs: silenceMs,
      headMs: silenceMs,
      longestWaitMs: 1000,
    },
  });
  const ask = (symbol: string, timeframe: Timeframe, start: string, end: string): BarRequest => {
    const instrument = yahoo.instrument(parseSymbol(symbol), host.context.options as { url: string });
    if (instrument === undefined) throw new Error(`${symbol} is not Yahoo's`);
    return { instrument, timeframe, start: Date.parse(start), end: Date.parse(end) };
  };
  return {
    log,
    faults,
    clock,
    host,
    url: served.url,
    ask,
    async read(symbol: string, timeframe: Timeframe, start: string, end: string): Promise<readonly Row[]> {
      const rows: Row[] = [];
      for await (const batch of yahoo.bars(ask(symbol, timeframe, start, end), host.context as never)) {
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

export function listing(symbol: string): Listing {
  return market.find(symbol) as Listing;
}

/** The truth in [start, end) as single floats, split-adjusted as of `now`, which is how Yahoo shows it. */
export function truth(symbol: string, step: Step, start: string, end: string, now: string): readonly Row[] {
  const of = listing(symbol);
  const bars = market.bars(of, step, Date.parse(start), Date.parse(end));
  const splits = market.events(of, 0, Date.parse(now)).flatMap((event) => (event.kind === 'split' ? [event] : []));
  return Array.from(bars.time, (time, row) => {
    const factor = splits.reduce(
      (all, split) => (time < split.time ? (all * split.denominator) / split.numerator : all),
      1,
    );
    const price = (column: Float64Array) => Math.fround((column[row] as number) * factor);
    return {
      time,
      open: price(bars.open),
      high: price(bars.high),
      low: price(bars.low),
      close: price(bars.close),
      volume: of.kind === 'fx' ? null : Math.round((bars.volume[row] as number) / factor),
    };
  });
}

/** Without what else a row has. */
export function plain(rows: readonly Row[]): readonly Row[] {
  return rows.map(({ time, open, high, low, close, volume }) => ({ time, open, high, low, close, volume }));
}
