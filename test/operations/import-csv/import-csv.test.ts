import path from 'node:path';
import { expect, it } from '@jest/globals';
import { importCsv } from '../../../src/operations/import-csv/import-csv.js';
import { openStore } from '../../../src/store/open-store.js';
import { makeBars, PROVENANCE } from '../../support/make-bars.js';
import { temporaryFolder } from '../../support/temp-folder.js';

const home = temporaryFolder();

async function* fileOf(...rows: readonly string[]) {
  yield Buffer.from(['timestamp,open,high,low,close,volume', ...rows].join('\n'));
}

it.each([
  ['joins a series as what that is, also in a year of its own', 'crypto', ['crypto', '24x7']],
  ['is what its name looks like where nothing is there yet', undefined, ['equity', 'XNYS']],
])('a file %s', async (_, assetClass, found) => {
  const series = openStore(path.join(home, String(assetClass))).series('STRY', '1h');
  if (assetClass !== undefined) await series.put(makeBars('1h', Date.UTC(2025, 0, 1), 3), PROVENANCE, { assetClass });
  const options = { timeFormat: 'auto', provider: 'import', dryRun: false, force: false, now: Date.UTC(2025, 1, 1) };
  // A Sunday, when no share trades.
  await importCsv(fileOf('2024-12-29T03:00:00Z,9,9,9,9,1'), series, options as Parameters<typeof importCsv>[2]);
  const { sidecar } = (await series.years())[0] ?? {};
  expect([sidecar?.assetClass, sidecar?.calendar]).toEqual(found);
});
