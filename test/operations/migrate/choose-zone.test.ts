import path from 'node:path';
import { expect, it } from '@jest/globals';
import { readZones } from '../../../src/operations/migrate/choose-zone.js';
import { loadReaders } from '../../../src/operations/migrate/load-readers.js';
import { openStore } from '../../../src/store/open-store.js';
import { writeOldFiles } from '../../support/legacy/old-file.js';
import { pricedBars, timesFrom } from '../../support/legacy/priced-bars.js';
import { unifiedFiles } from '../../support/legacy/unified.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { runMigrate } from './migrate-world.js';

const root = temporaryFolder();
const bars = pricedBars(timesFrom('2024-07-01T13:30:00Z', 7, 3_600_000));

it('reads stamps that nobody explains in the zone a person names, and refuses them where nobody does', async () => {
  const from = path.join(root, 'old');
  const cache = path.join(root, 'market');
  writeOldFiles(from, unifiedFiles(bars, { symbol: 'AAPL', timeframe: '1h', zone: 'America/New_York' }));
  const readers = await loadReaders();
  const unsaid = await runMigrate(from, cache, { readers });
  expect(unsaid.series).toEqual([]);
  expect(unsaid.refused).toMatchObject([
    { path: 'AAPL/1h/2024.csv.gz', reason: expect.stringContaining('--assume-tz') },
  ]);
  await runMigrate(from, cache, { readers, zones: readZones(['Europe/Paris', 'unknown=America/New_York']) });
  const stored = await openStore(cache).series('AAPL', '1h').read();
  expect(Array.from(stored.time)).toEqual(Array.from(bars.time));
});

it('says that nobody names the zone of its stamps only where nobody does', async () => {
  const from = path.join(root, 'named');
  const hours = pricedBars(timesFrom('2024-07-01T13:00:00Z', 7, 3_600_000));
  const old = { symbol: 'BTCUSDT', timeframe: '1h', provider: 'zorro', zone: 'America/New_York' } as const;
  const yahoo = { symbol: 'AAPL', timeframe: '1h', provider: 'yahoo', written: Date.UTC(2026, 7, 1) } as const;
  writeOldFiles(from, [...unifiedFiles(hours, old), ...unifiedFiles(bars, yahoo)]);
  const readers = await loadReaders();
  const notesIn = async (...zones: readonly string[]) => {
    const ran = { readers, zones: readZones(zones), dryRun: true };
    const { series } = await runMigrate(from, path.join(root, 'named-market'), ran);
    return series.flatMap(({ files }) => files.flatMap(({ source }) => source.claim.notes));
  };
  const ofYahoo = expect.stringContaining("the exchange's wall time or UTC");
  expect(await notesIn()).toEqual([ofYahoo, expect.stringContaining('nobody says the zone')]);
  expect(await notesIn('zorro=America/New_York')).toEqual([ofYahoo]);
  expect(await notesIn('UTC')).toEqual([]);
});

it("knows providers by the old tools' names, and what is no zone", () => {
  expect(readZones(['yfinance=America/New_York']).byProvider.get('yahoo')).toBe('America/New_York');
  expect(() => readZones(['yahoo=Mars/Olympus'])).toThrow('time zone');
});
