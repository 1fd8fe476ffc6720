import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { checkProvider, type Report } from '../../../src/conformance/index.js';
import { createMarket } from '../../sandbox/src/market/create-market.js';
import { startBinance } from '../../sandbox/src/servers/binance/start-binance.js';
import { startBinanceArchive } from '../../sandbox/src/servers/binance-archive/start-binance-archive.js';
import { createFaults } from '../../sandbox/src/servers/create-faults.js';
import { createLog } from '../../sandbox/src/servers/create-log.js';
import type { WireServer } from '../../sandbox/src/servers/server.js';
import { binance } from '../src/index.js';

const NOW = Date.parse('2025-09-10T10:17:33.500Z');
const servers: WireServer[] = [];
let report: Report;

beforeAll(async () => {
  const parts = { market: createMarket(), log: createLog(), faults: createFaults(), now: () => NOW };
  servers.push(await startBinance(parts), await startBinanceArchive(parts));
  const [restUrl, archiveUrl] = servers.map(({ url }) => url);
  const options = { restUrl, futuresUrl: restUrl, coinFuturesUrl: restUrl, archiveUrl } as Record<string, unknown>;
  report = await checkProvider({ provider: binance, options, now: () => NOW });
});
afterAll(() => Promise.all(servers.map((server) => server.close())));

it('is a provider as every provider must be', () => {
  expect(report.results.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
  expect(report.results.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(20);
});
