import path from 'node:path';
import { expect, it } from '@jest/globals';
import { loadReaders } from '../../../src/operations/migrate/load-readers.js';
import { moveProved } from '../../../src/operations/migrate/move-proved.js';
import { nodeFiles } from '../../../src/store/files/node-files.js';
import { alpacaSummedFiles } from '../../support/legacy/alpaca.js';
import { jsonFile, type OldFile, textFile, writeOldFiles } from '../../support/legacy/old-file.js';
import { pricedBars, timesFrom } from '../../support/legacy/priced-bars.js';
import { providerYearFiles } from '../../support/legacy/provider-year.js';
import { providerYearParquetFiles } from '../../support/legacy/provider-year-parquet.js';
import { listTree, temporaryFolder } from '../../support/temp-folder.js';
import { runMigrate } from './migrate-world.js';

const root = temporaryFolder();
const hours = pricedBars(timesFrom('2023-12-30T00:00:00Z', 96, 3_600_000));
const OLD = { provider: 'binance', symbol: 'BTCUSDT', timeframe: '1h' } as const;
const FOLDER = 'binance/BTCUSDT/1h';
let count = 0;

/** What stays in the old cache after all that was proved was moved. */
async function moveAll(files: readonly OldFile[]): Promise<{ readonly left: string[]; readonly moved: string[] }> {
  const folder = path.join(root, `${count++}`);
  const [from, backup] = [path.join(folder, 'old'), path.join(folder, 'kept')];
  writeOldFiles(from, files);
  const { series } = await runMigrate(from, path.join(folder, 'market'), { readers: await loadReaders() });
  await moveProved({ files: nodeFiles, from, backup, series, journal: new Map() });
  const filesOf = (tree: string): string[] => listTree(tree).filter((name) => path.extname(name) !== '');
  return { left: filesOf(from), moved: filesOf(backup) };
}

it.each<[string, readonly OldFile[]]>([
  ['years of text', providerYearFiles(hours, OLD)],
  ['years of Parquet', [...providerYearParquetFiles(hours, OLD), jsonFile(`${FOLDER}/metadata.json`, OLD)]],
  ['folders of years', providerYearFiles(hours, { ...OLD, inFolder: true })],
  ['years that were added up', alpacaSummedFiles(hours, 'BTCUSDT', '1h')],
])('the sidecar of a whole folder goes with the last of its files: %s', async (_name, files) => {
  expect(files.some((file) => path.posix.basename(file.path) === 'metadata.json')).toBe(true);
  expect(await moveAll(files)).toEqual({ left: [], moved: files.map((file) => file.path).sort() });
});

it('it stays where a file stays that it may speak of, and waits for none that a writer left behind', async () => {
  const files = providerYearFiles(hours, OLD);
  const damaged = textFile(`${FOLDER}/2022.csv.gz`, 'timestamp,open\n');
  const { left, moved } = await moveAll([...files, damaged]);
  expect(left).toEqual([`${FOLDER}/2022.csv.gz`, `${FOLDER}/metadata.json`]);
  expect(moved).toEqual([`${FOLDER}/2023.csv.gz`, `${FOLDER}/2024.csv.gz`]);
  const tmp = textFile(`${FOLDER}/2024.csv.gz.tmp123`, 'timest');
  expect((await moveAll([...files, tmp])).left).toEqual([`${FOLDER}/2024.csv.gz.tmp123`]);
});
