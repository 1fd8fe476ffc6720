import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { addInsideJest, addPrograms, listFiles, listMissed } from './measure.js';
import { printShares } from './print-shares.js';

/**
 * `npm run coverage`: the lines of `src/` that the tests execute, inside jest and in the programs that tests start.
 * Arguments go to jest: `npm run coverage -- test/market`. `coverage/lines/missed.json` then has every line that is left.
 */
const LEAST_PERCENT = 90;

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'coverage/lines');
const programs = path.join(folder, 'programs');
rmSync(folder, { recursive: true, force: true });
mkdirSync(programs, { recursive: true });

const files = listFiles();
const timer = setInterval(() => addPrograms(files, programs), 2000);
const status = await runJest(process.argv.slice(2));
clearInterval(timer);
addPrograms(files, programs);
addInsideJest(files, path.join(folder, 'coverage-final.json'));

const missed = listMissed(files);
writeFileSync(path.join(folder, 'missed.json'), `${JSON.stringify(missed)}\n`);
const percent = printShares(missed);
if (status !== 0)
  process.stderr.write('Tests failed, and a test that fails stops early: the numbers are not the suite’s.\n');
if (percent < LEAST_PERCENT) process.stderr.write(`Less than ${LEAST_PERCENT} % of the lines were run.\n`);
process.exitCode = status === 0 && percent >= LEAST_PERCENT ? 0 : 1;

async function runJest(words) {
  const preload = JSON.stringify(path.join(import.meta.dirname, 'cover-programs.cjs'));
  const jest = path.join(root, 'node_modules/jest/bin/jest.js');
  const child = spawn(
    process.execPath,
    [jest, '--config', path.join(import.meta.dirname, 'jest.config.js'), ...words],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        NODE_OPTIONS: `--experimental-vm-modules --no-warnings --require ${preload}`,
        ALMANAC_COVERAGE: programs,
      },
    },
  );
  const [status] = await once(child, 'close');
  return status;
}
