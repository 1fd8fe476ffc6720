import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { openStore } from '../../src/store/open-store.js';
import { hashYears } from '../support/file-hashes.js';
import { pricedBars, timesFrom } from '../support/legacy/priced-bars.js';
import { listRows } from '../support/make-bars.js';
import { runProgram } from '../support/run-program.js';
import { startProgram } from '../support/start-program.js';
import { listTree, temporaryFolder } from '../support/temp-folder.js';
import { snapshot, writeMixedTree } from './migrate-tree.js';

const NOW = '2026-11-01T12:00:00Z';
const base = temporaryFolder();
const env = { ALMANAC_NOW: NOW, XDG_CONFIG_HOME: path.join(base, 'config'), XDG_DATA_HOME: path.join(base, 'data') };

function newFolder(name: string, years?: number): string {
  const folder = path.join(base, name);
  mkdirSync(folder);
  writeMixedTree(path.join(folder, 'old'), years);
  return folder;
}

const almanac = (cwd: string, words: string) =>
  runProgram(['cache', 'migrate', '--cache-dir', 'market', ...words.split(' ')], { cwd, env });

it('plans without writing, copies, says what is refused, and does nothing the second time', async () => {
  const folder = newFolder('mixed');
  const old = snapshot(path.join(folder, 'old'));
  const plan = await almanac(folder, '--from old --dry-run --json');
  expect(existsSync(path.join(folder, 'market'))).toBe(false);
  const planned = JSON.parse(plan.stdout);
  expect(planned).toMatchObject({ schemaVersion: 1, command: 'cache migrate', dryRun: true, migrated: [] });

  const first = await almanac(folder, '--from old --json');
  expect(first.exit).toBe(4);
  const done = JSON.parse(first.stdout);
  expect(done.status).toBe('partial');
  expect(done.refused.map((each: { path: string; code: string }) => [each.path, each.code])).toEqual([
    ['ohlcv/SOLUSDT/1h/2019.csv.gz', 'SYNTHETIC'],
  ]);
  expect(done.found).toEqual(planned.found.map((each: object) => ({ ...each, state: 'proved' })));
  expect(done.found).toContainEqual(
    expect.objectContaining({
      ...{ path: 'ohlcv/BTCUSDT/1h/2019.csv.gz', layout: 'unified', confidence: 1, symbol: 'BTCUSDT', interval: '1h' },
      ...{ rows: 8760, from: '2019-01-01T00:00:00Z', to: '2019-12-31T23:00:00Z' },
    }),
  );
  expect(done.migrated).toHaveLength(done.found.length);
  expect(done.conflicts).toBe(0);
  expect(done.checksumFailures).toEqual([
    { path: 'logs/checksum_failures/registry.json', records: 2, added: 1, refused: 0 },
  ]);
  const truth = pricedBars(timesFrom('2019-01-01T00:00:00Z', 8766, 3_600_000));
  const store = openStore(path.join(folder, 'market'));
  expect(listRows(await store.series('BTCUSDT', '1h').read())).toEqual(listRows(truth));
  expect(await store.symbols()).toEqual(['ADAUSDT', 'BTCUSDT', 'ETHUSDT', 'MSFT']);

  const ours = snapshot(path.join(folder, 'market'));
  const second = await almanac(folder, '--from old');
  expect(second.stderr).toContain('nothing had to be done');
  expect(snapshot(path.join(folder, 'market'))).toEqual(ours);
  expect(snapshot(path.join(folder, 'old'))).toEqual(old);
});

it('killed at any instant and run again it ends as if nothing had happened', async () => {
  const calm = newFolder('calm', 2);
  const begun = performance.now();
  await almanac(calm, '--from old --quiet');
  const whole = performance.now() - begun;
  const killed = newFolder('killed', 2);
  let kills = 0;
  // The start takes much of the time, and what is killed in it proves little.
  for (const share of [0.3, 0.45, 0.55, 0.65, 0.75, 0.85, Number.POSITIVE_INFINITY]) {
    const { child, ended } = startProgram(killed, 'cache migrate --cache-dir market --from old --quiet', env);
    const timer = share <= 1 ? setTimeout(() => child.kill('SIGKILL'), share * whole) : undefined;
    const { exit } = await ended;
    clearTimeout(timer);
    if (exit === null) kills++;
    else expect(exit).toBe(4);
  }
  expect(kills).toBeGreaterThan(2);
  const [a, b] = [calm, killed].map((folder) => path.join(folder, 'market')) as [string, string];
  expect(hashYears(b)).toEqual(hashYears(a));
  const sidecars = listTree(a).filter((name) => /^[^_.]+\/[^/]+\/\d{4}\.metadata\.json$/.test(name));
  expect(sidecars.length).toBeGreaterThan(6);
  for (const name of sidecars)
    expect(readFileSync(path.join(b, name), 'utf8')).toBe(readFileSync(path.join(a, name), 'utf8'));
  expect(listTree(b).filter((name) => name.endsWith('.tmp'))).toEqual([]);
}, 240_000);

it('moves what was proved, and only that, into the backup when it is told to', async () => {
  const folder = newFolder('moving');
  const before = snapshot(path.join(folder, 'old'));
  const unasked = await almanac(folder, '--from old --remove-source --backup kept');
  expect(unasked.exit).toBe(2);
  expect(existsSync(path.join(folder, 'market'))).toBe(false);
  const { exit, stderr } = await almanac(folder, '--from old --remove-source --backup kept --yes');
  expect(stderr).toContain('moved to');
  expect(exit).toBe(4);
  const stayed = snapshot(path.join(folder, 'old'));
  const moved = snapshot(path.join(folder, 'kept'));
  expect(Object.keys(stayed)).toEqual([
    'letter.txt',
    'logs/checksum_failures/registry.json',
    'ohlcv/SOLUSDT/1h/2019.csv.gz',
    'ohlcv/SOLUSDT/1h/2019.metadata.json',
  ]);
  expect({ ...stayed, ...moved }).toEqual(before);
});

it('says what was looked for where nothing is known, and where no folder is', async () => {
  const folder = path.join(base, 'empty');
  mkdirSync(path.join(folder, 'old'), { recursive: true });
  for (const from of ['old', 'nowhere', 'market']) {
    const { exit, stderr } = await almanac(folder, `--from ${from}`);
    expect([from, exit]).toEqual([from, 2]);
    expect(stderr).toMatch(/Error/);
  }
  const words = 'cache migrate --from old --cache-dir old';
  const itself = await runProgram(words.split(' '), { cwd: newFolder('itself'), env });
  expect(itself.exit).toBe(2);
  expect(itself.stderr).toContain('is the cache itself');
  const around = await almanac(newFolder('around'), '--from .');
  expect(around.exit).toBe(2);
  expect(around.stderr).toContain('holds the cache');
});
