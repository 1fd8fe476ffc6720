import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { runProgram } from '../support/run-program.js';
import { temporaryFolder } from '../support/temp-folder.js';

const home = temporaryFolder();
const env = {
  ALMANAC_STORE: path.join(home, 'market'),
  ALMANAC_DATA_DIR: path.join(home, 'data'),
  ALMANAC_CONFIG_DIR: path.join(home, 'config'),
  ALMANAC_NOW: '2024-01-02T12:00:00Z',
};

it('says in its document too that the report could not be kept', async () => {
  writeFileSync(path.join(home, 'in.csv'), 'time,open,high,low,close\n2024-01-01,1,2,0.5,1\n');
  await runProgram(['cache', 'import', 'in.csv', 'BTCUSDT', '1d'], { cwd: home, env });
  // Nobody can put a file where a folder is, not even root.
  mkdirSync(path.join(home, 'market/validate-metadata.json'));
  const { stdout, stderr, exit } = await runProgram(['cache', 'validate-gaps', '--json'], { cwd: home, env });
  const { warnings, series, status } = JSON.parse(stdout);
  expect([exit, status, series.length, warnings.length]).toEqual([0, 'complete', 1, 1]);
  expect(warnings[0]).toContain('the report could not be kept: ');
  expect(stderr).toContain(warnings[0]);
});
