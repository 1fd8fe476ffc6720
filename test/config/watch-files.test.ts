import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/temp-folder.js';

// A repository of its own, so that what its code does is not held against this one.
const root = temporaryFolder();
const watch = path.join(root, 'test', 'support', 'watch-files.cjs');
mkdirSync(path.dirname(watch), { recursive: true });
copyFileSync(path.resolve('test/support/watch-files.cjs'), watch);
const TEMP = `.2024.${'a'.repeat(24)}.data.tmp`;

/** What the watch says of a line of code that stands in `where`, in a folder with a year and a temporary file. */
function watched(code: string, where = 'src/culprit.mjs'): { why?: string; file?: string; seen?: number }[] {
  const cache = path.join(root, 'cache', 'A', '1d');
  const quarantine = path.join(root, 'cache', '_almanac', 'quarantine', 'x');
  const script = path.join(root, where);
  for (const folder of [cache, quarantine, path.dirname(script)]) mkdirSync(folder, { recursive: true });
  for (const name of ['2024.csv.gz', '2023.csv.gz', TEMP, '.lock']) writeFileSync(path.join(cache, name), name);
  writeFileSync(path.join(quarantine, '2024.csv.gz'), 'only here');
  const imports = `import * as fs from 'node:fs'; import { open, rename, unlink, writeFile } from 'node:fs/promises';`;
  writeFileSync(script, `${imports} const temp = ${JSON.stringify(TEMP)};\n${code}\n`);
  const log = path.join(root, `${Math.random()}.log`);
  const env = { ...process.env, NODE_OPTIONS: '', ALMANAC_FILE_WATCH: log };
  const { status, stderr } = spawnSync(process.execPath, ['--require', watch, script], {
    cwd: cache,
    env,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  if (!existsSync(log)) return [];
  return readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

it.each([
  [`await unlink('2024.csv.gz')`, 'unlinks'],
  [`fs.unlinkSync('2024.csv.gz')`, 'unlinks'],
  [`fs.rmSync('2024.csv.gz')`, 'unlinks'],
  [`fs.rmSync('../1d', { recursive: true })`, 'unlinks'],
  [`await new Promise((done) => fs.unlink('2024.csv.gz', done))`, 'unlinks'],
  [`await unlink('../../_almanac/quarantine/x/2024.csv.gz')`, 'unlinks'],
  [`await rename(temp, '2024.csv.gz')`, 'renames over'],
  [`await rename('2023.csv.gz', '2024.csv.gz')`, 'renames over'],
  [`await writeFile('2024.csv.gz', '')`, 'opens for writing'],
  [`fs.truncateSync('2024.csv.gz', 3)`, 'opens for writing'],
  [`const file = await open('2024.csv.gz', 'r+'); await file.truncate(0); await file.close()`, 'opens for writing'],
  [`fs.copyFileSync('2023.csv.gz', '2024.csv.gz')`, 'opens for writing'],
])('sees what %s loses', (code, why) => {
  const [first] = watched(code);
  expect(first?.why).toMatch(new RegExp(`^${why}`));
});

it.each([
  `await unlink(temp)`,
  `fs.linkSync('2024.csv.gz', '.2024.csv.gz.prev'); await rename(temp, '2024.csv.gz')`,
  `await rename('2024.csv.gz', '../../_almanac/quarantine/x/2025.csv.gz')`,
  `const file = await open('.lock', 'r+'); await file.truncate(0); await file.close()`,
  `await writeFile('new.csv', 'x')`,
])('lets %s pass, and counts it', (code) => {
  expect(watched(code).every(({ why, seen }) => why === undefined && (seen ?? 0) > 0)).toBe(true);
  for (const name of ['.2024.csv.gz.prev', 'new.csv'])
    spawnSync('rm', ['-f', path.join(root, 'cache', 'A', '1d', name)]);
});

it('lets a purge take what is in quarantine, and nothing else', () => {
  const purge = 'src/store/upkeep/purge-quarantine.js';
  writeFileSync(path.join(root, 'package.json'), '{"type":"module"}');
  expect(watched(`await unlink('../../_almanac/quarantine/x/2024.csv.gz')`, purge)).toEqual([{ seen: 1 }]);
  expect(watched(`await unlink('2024.csv.gz')`, purge)[0]?.why).toMatch(/^unlinks/);
});

it('does not look at what tests do', () => {
  expect(watched(`fs.rmSync('2024.csv.gz')`, 'test/cleaning.mjs')).toEqual([]);
});

it('fails the run, and says who did it', () => {
  const log = path.join(root, 'run', 'files.log');
  mkdirSync(path.dirname(log));
  writeFileSync(
    log,
    `${JSON.stringify({ seen: 50 })}\n${JSON.stringify({ why: 'unlinks it', file: '/a/2024.csv.gz', by: ['src/a.ts'] })}\n`,
  );
  const script = `
    import Reporter from ${JSON.stringify(path.resolve('config/watched-files-reporter.js'))};
    const results = { numRuntimeErrorTestSuites: 0 };
    new Reporter().onRunComplete([], results);
    process.exitCode = results.numRuntimeErrorTestSuites;`;
  const env = { ...process.env, NODE_OPTIONS: '', ALMANAC_FILE_WATCH: log };
  const argv = ['--input-type=module', '-e', script];
  const { status, stderr } = spawnSync(process.execPath, argv, { env, encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain('src/a.ts unlinks it: /a/2024.csv.gz');
  expect(stderr).toContain('Of 50 times');
});
