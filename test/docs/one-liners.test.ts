import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, expect, it } from '@jest/globals';
import { column } from '../../src/market/bars.js';
import { openStore } from '../../src/store/open-store.js';
import { makeBars, PROVENANCE } from '../support/make-bars.js';
import { temporaryFolder } from '../support/temp-folder.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const folder = temporaryFolder();
const bars = makeBars('1h', Date.UTC(2023, 0, 1), (365 + 366) * 24);

/** The line of the README, what has to be installed for it, and what says that it read all of 2024. */
const LINES: readonly (readonly [RegExp, probe: string, says: RegExp])[] = [
  [/^zcat .*head$/m, 'zcat --version', /^timestamp,open,high,low,close,volume\n2024-01-01T00:00:00Z,/],
  [/^python3 .*pandas.*$/m, 'python3 -c "import pandas"', /2024-12-31 23:00:00\+00:00.*\n\n\[8784 rows x 5 columns\]/],
  [/^python3 .*polars.*$/m, 'python3 -c "import polars"', /^shape: \(8_?784, 6\).*datetime\[/s],
  [/^duckdb .*$/m, 'duckdb --version', /17544/],
  [/^Rscript .*$/m, 'Rscript --version', /8784 2024-12-31T23:00:00Z/],
];

beforeAll(async () => {
  await openStore(path.join(folder, 'market')).series('BTCUSDT', '1h').put(bars, PROVENANCE);
});

for (const [shown, probe, says] of LINES) {
  const line = shown.exec(README)?.[0] ?? `nothing like ${shown}`;
  const there = sh(probe).status === 0;
  const name = `${line} (${there ? 'as shown' : `not run: this machine has no ${probe}`})`;
  (there ? it : it.skip)(name, () => {
    const { stdout, stderr, status } = sh(line);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(says);
  });
}

it('DuckDB itself reads the files by the SQL that is shown', async () => {
  const sql = /^duckdb -c "(.*)"$/m.exec(README)?.[1] ?? '';
  expect(sql).toContain("'market/BTCUSDT/1h/*.csv.gz'");
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const reader = await connection.runAndReadAll(sql.replace("'market/", `'${folder}/market/`));
  expect(reader.getRowsJson()).toEqual([['17544', Math.max(...column(bars, 'high'))]]);
});

function sh(line: string) {
  return spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8' });
}
