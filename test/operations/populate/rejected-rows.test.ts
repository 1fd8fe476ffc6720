import { expect, it } from '@jest/globals';
import { ALWAYS_OPEN } from '../../../src/market/calendar.js';
import { parseSymbol } from '../../../src/market/symbol.js';
import type { Ask } from '../../../src/operations/populate/ask.js';
import { planPopulate } from '../../../src/operations/populate/plan-populate.js';
import { runPopulate } from '../../../src/operations/populate/populate.js';
import type { Instrument } from '../../../src/provider/index.js';
import { createHost } from '../../../src/sources/host/create-host.js';
import { createMemoryState } from '../../../src/sources/host/limits/shared-state.js';
import { noteName } from '../../../src/store/layout.js';
import { openStore } from '../../../src/store/open-store.js';
import { fakeProvider } from '../../support/fake-provider.js';
import { temporaryFolder } from '../../support/temp-folder.js';

const HOUR = 3_600_000;
const NOW = Date.parse('2025-03-10T12:34:56Z');
const options = { archive: false, force: false, checksum: 'require' } as const;
const root = temporaryFolder();

/** Good bars around New Year; beside them one off the grid and one upside down in each year, one repeated, one open. */
async function* bars() {
  const newYear = Date.parse('2024-01-01T00:00:00Z');
  const row = (time: number, more: object = {}) => ({ time, open: 2, high: 3, low: 1, close: 2, volume: 1, ...more });
  const hours = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => row(newYear + (from + i) * HOUR));
  yield [
    ...hours(-6, -2),
    row(newYear - 2 * HOUR, { high: 0.5 }),
    row(newYear - HOUR),
    row(newYear - HOUR / 2),
    ...hours(0, 2),
    row(newYear + HOUR),
    row(newYear + 1.5 * HOUR),
    row(newYear + 2 * HOUR, { low: -1 }),
    row(newYear + 3 * HOUR, { low: 9 }),
    row(NOW - HOUR / 2),
  ];
  yield hours(4, 6);
}

const RANGE = { start: Date.parse('2023-12-31T18:00:00Z'), end: Date.parse('2024-01-01T06:00:00Z') };

it('what came and was no bar is counted in the sidecar of its own year, once', async () => {
  const now = () => NOW;
  const host = await createHost(fakeProvider({ bars }), { options: {}, now });
  const instrument = host.provider.instrument(parseSymbol('BTCUSDT'), {} as never) as Instrument;
  const [market] = host.capabilities.markets;
  const timeframe = market?.timeframes.find((each) => each.timeframe === '1h');
  if (market === undefined || timeframe === undefined) throw new Error('no 1h here');
  const ask: Ask = {
    ...{ symbol: 'BTCUSDT', timeframe: '1h' },
    ...{ range: RANGE, asked: RANGE },
    choice: { instrument, market, timeframe, provider: 'fake', reason: 'a test' },
    expectation: { calendar: ALWAYS_OPEN, timeframe: '1h', grid: 'clock' },
    ...{ hasAlternates: false, standstills: [], openStart: false, sessions: false },
  };
  const store = openStore(root, { now });
  const tools = { store, host: async () => host, now, cores: 2, signal: new AbortController().signal };
  const populate = async () => {
    const notes = createMemoryState();
    const all = { ...tools, notes, noteName, onBadFile: async () => undefined, report: () => undefined };
    const { plans } = await planPopulate([ask], options, all);
    return runPopulate(plans, options, all);
  };
  const rejected = async () => {
    const years = await store.series('BTCUSDT', '1h').years();
    return Object.fromEntries(years.map(({ year, sidecar }) => [year, sidecar?.rejected]));
  };
  const report = await populate();
  expect(report.series[0]).toMatchObject({ error: undefined, rowsAdded: 9 });
  const both = {
    2023: [
      { reason: 'high-low', count: 1 },
      { reason: 'off-grid', count: 1 },
    ],
    2024: [
      { reason: 'high-low', count: 1 },
      { reason: 'not-positive', count: 1 },
      { reason: 'off-grid', count: 1 },
    ],
  };
  expect(await rejected()).toEqual(both);
  await populate();
  expect(await rejected()).toEqual(both);
});
