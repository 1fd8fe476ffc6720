import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@jest/globals';
import { binance } from '../../../plugins/binance/src/index.js';
import type { Listing, Step } from '../../../plugins/sandbox/src/market/market.js';
import { createQuirks, type Quirk } from '../../../plugins/sandbox/src/servers/binance-archive/quirks.js';
import { startSandbox } from '../../../plugins/sandbox/src/start-sandbox.js';
import { ALWAYS_OPEN } from '../../../src/market/calendar.js';
import { parseSymbol } from '../../../src/market/symbol.js';
import { recordBadFile } from '../../../src/operations/checksums/record-bad-file.js';
import { type RetryReport, retryFailures } from '../../../src/operations/checksums/retry-failures.js';
import type { Ask } from '../../../src/operations/populate/ask.js';
import { planPopulate } from '../../../src/operations/populate/plan-populate.js';
import { type PopulateOptions, runPopulate } from '../../../src/operations/populate/populate.js';
import type { SeriesOutcome } from '../../../src/operations/populate/report.js';
import type { ArchivePeriod, Instrument } from '../../../src/provider/index.js';
import { createHost } from '../../../src/sources/host/create-host.js';
import { createMemoryState } from '../../../src/sources/host/limits/shared-state.js';
import { openChecksumRegistry } from '../../../src/store/checksums/open-registry.js';
import { noteName } from '../../../src/store/layout.js';
import { openStore } from '../../../src/store/open-store.js';

export const NOW = Date.parse('2025-03-10T12:34:56Z');
const WHOLE: PopulateOptions = { archive: true, force: false, checksum: 'require' };

/** Binance's two servers, its provider in a real host, and a cache of its own for each case. */
export async function openArchiveWorld(root: string) {
  const quirks = createQuirks();
  const sandbox = await startSandbox({
    now: () => NOW,
    servers: ['binance', 'binance-archive'],
    'binance-archive': { quirks },
  });
  const { binance: restUrl, 'binance-archive': archiveUrl } = sandbox.urls;
  const options = { restUrl, futuresUrl: restUrl, coinFuturesUrl: restUrl, archiveUrl, archiveListUrl: archiveUrl };
  const patience = { attempts: 2, firstPauseMs: 2, longestPauseMs: 5, idleMs: 300 };
  const host = await createHost(binance, { options, now: () => NOW, patience });

  const makeAsk = (start: string, end: string, archive: readonly ArchivePeriod[] = ['month', 'day']): Ask => {
    const [symbol, timeframe] = ['BTCUSDT', '1h'] as const;
    const instrument = binance.instrument(parseSymbol(symbol), host.context.options as never) as Instrument;
    const market = host.capabilities.markets.find((each) => each.market === instrument.market);
    const offer = market?.timeframes.find((each) => each.timeframe === timeframe);
    if (market === undefined || offer === undefined) throw new Error(`no ${symbol} ${timeframe} here`);
    const range = { start: Date.parse(start), end: Date.parse(end) };
    return {
      symbol,
      timeframe,
      range,
      asked: range,
      choice: { instrument, market, timeframe: { ...offer, archive }, provider: 'binance', reason: 'a test' },
      expectation: { calendar: ALWAYS_OPEN, timeframe, grid: 'clock' },
      hasAlternates: false,
      standstills: [],
      openStart: false,
      sessions: false,
    };
  };

  const openCase = (now = () => NOW) => {
    const cache = mkdtempSync(path.join(root, 'case-'));
    const store = openStore(cache, { now });
    const registry = openChecksumRegistry(cache, { now });
    const tools = { store, host: async () => host, now, cores: 2, signal: new AbortController().signal };
    return {
      cache,
      store,
      registry,
      async populate(ask: Ask, more: Partial<PopulateOptions> = {}): Promise<SeriesOutcome> {
        const notes = createMemoryState();
        const onBadFile = (bad: Parameters<typeof recordBadFile>[0]) =>
          recordBadFile(bad, { registry, now, redact: (text) => text });
        const all = { ...tools, notes, noteName, onBadFile, report: () => undefined };
        const { plans } = await planPopulate([ask], { ...WHOLE, ...more }, all);
        const report = await runPopulate(plans, { ...WHOLE, ...more }, all);
        expect(report.fatal).toBeUndefined();
        return report.series[0] as SeriesOutcome;
      },
      async retry(): Promise<RetryReport> {
        const { failures } = await registry.read();
        return retryFailures(failures, { ...tools, registry, report: () => undefined });
      },
      failures: async () => (await registry.read()).failures,
      async provenance(ask: Ask) {
        const years = await store.series(ask.symbol, ask.timeframe).years();
        return years.flatMap(({ sidecar }) => sidecar?.provenance ?? []);
      },
      /** Every bar of the range as the market had it, and no other. */
      async expectTruth({ symbol, timeframe, range }: Ask): Promise<void> {
        const truth = sandbox.market.bars(
          sandbox.market.find(symbol) as Listing,
          timeframe as Step,
          range.start,
          range.end,
        );
        const bars = await store.series(symbol, timeframe).read(range);
        expect([...bars.time]).toEqual([...truth.time]);
        for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) {
          expect({ name, cells: [...(bars.values[bars.columns.indexOf(name)] as Float64Array)] }).toEqual({
            name,
            cells: [...truth[name]],
          });
        }
      },
    };
  };

  return {
    sandbox,
    host,
    makeAsk,
    openCase,
    plan: (match: RegExp, quirk: Quirk) => quirks.add({ match, quirk }),
    /** Nothing goes wrong any more, and nobody was ever asked. */
    calm(): void {
      quirks.clear();
      sandbox.faults.clear();
      sandbox.log.clear();
    },
    /** How often each file was asked for, by the end of its path; live requests as `live`. */
    asked(): Record<string, number> {
      const counts: Record<string, number> = {};
      for (const { server, what } of sandbox.log.entries) {
        const name = server === 'binance' ? 'live' : (what.split('?')[0]?.split('/').at(-1) ?? what);
        counts[name] = (counts[name] ?? 0) + 1;
      }
      return counts;
    },
    async close(): Promise<void> {
      await host.close();
      await sandbox.close();
    },
  };
}

export type ArchiveWorld = Awaited<ReturnType<typeof openArchiveWorld>>;
