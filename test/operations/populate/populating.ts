import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { outagesOf } from '../../../src/market/outages.js';
import { parseSymbol } from '../../../src/market/symbol.js';
import type { Timeframe } from '../../../src/market/timeframe.js';
import { makeAsks } from '../../../src/operations/populate/make-asks.js';
import { planPopulate } from '../../../src/operations/populate/plan-populate.js';
import { type PopulateOptions, runPopulate } from '../../../src/operations/populate/populate.js';
import type { SeriesOutcome } from '../../../src/operations/populate/report.js';
import type { AnyProvider, BarRequest } from '../../../src/provider/index.js';
import { createHost } from '../../../src/sources/host/create-host.js';
import { createMemoryState } from '../../../src/sources/host/limits/shared-state.js';
import type { PreparedProvider } from '../../../src/sources/registry/prepare-provider.js';
import { route } from '../../../src/sources/route.js';
import { noteName } from '../../../src/store/layout.js';
import { openStore } from '../../../src/store/open-store.js';

const WHOLE: PopulateOptions = { archive: true, force: false, checksum: 'require' };

export interface Wanted {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly start?: string;
  readonly end?: string;
}

/** A provider that a test wrote, in a real host, and a cache: asked, planned and run as `cache populate` does. */
export async function openPopulating(root: string, provider: AnyProvider) {
  const clock = { now: 0 };
  const now = () => clock.now;
  const asked: { from: string; to: string }[] = [];
  const watched = watch(provider, asked);
  const host = await createHost(watched, { options: {}, now, patience: { attempts: 1 } });
  const prepared: PreparedProvider = {
    provider: watched,
    plugin: { name: 'a test', version: '1.0.0', type: 'core', root: '/' },
    keys: [],
    ready: true,
    given: {},
    options: {},
    capabilities: host.capabilities,
  };
  const store = openStore(mkdtempSync(path.join(root, 'case-')), { now });
  const notes = createMemoryState();
  const own = { notes, noteName, now, host: async () => host };
  const asks = {
    ...own,
    archive: true,
    route: (request: Parameters<typeof makeAsks>[1] extends { route: (request: infer R) => unknown } ? R : never) =>
      route({ ...request, now: now() }, { providers: [prepared], rules: [] }),
    describePlan: async () => '',
    calendarOf: () => undefined,
    standstills: () => outagesOf({ outages: [] } as never, { provider: 'none', symbol: 'NONE' }),
  };
  const tools = {
    ...{ ...own, store, cores: 2, signal: new AbortController().signal },
    report: () => undefined,
    onBadFile: async () => undefined,
  };
  return {
    store,
    /** What was asked for since it was last looked at. */
    asked: () => asked.splice(0),
    async populate(at: string, { symbol, timeframe, start, end }: Wanted): Promise<SeriesOutcome> {
      clock.now = Date.parse(at);
      const wish = {
        symbol: parseSymbol(symbol),
        timeframe,
        ...(start === undefined ? {} : { start: Date.parse(start) }),
        ...(end === undefined ? {} : { end: Date.parse(end) }),
      };
      const { asks: made, unserved } = await makeAsks([wish], asks);
      for (const { error } of unserved) throw error;
      const { plans } = await planPopulate(made, WHOLE, tools);
      const { series, fatal } = await runPopulate(plans, WHOLE, tools);
      if (fatal !== undefined) throw fatal;
      return series[0] as SeriesOutcome;
    },
  };
}

function watch(provider: AnyProvider, asked: { from: string; to: string }[]): AnyProvider {
  return {
    ...provider,
    bars(request: BarRequest, context) {
      const [from, to] = [request.start, request.end].map((at) => new Date(at).toISOString()) as [string, string];
      asked.push({ from, to });
      return provider.bars(request, context);
    },
  };
}
