import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { listTree, temporaryFolder } from '../support/temp-folder.js';
import { World } from '../support/world.js';

const root = temporaryFolder();
let world: World;

beforeAll(async () => {
  world = await World.start('2025-03-10T12:34:56Z');
});
afterAll(() => world.close());

const POPULATE = 'cache populate --start-date 2024-03-01 --end-date 2024-03-31 --intervals 1h';
const file = 'market/_almanac/checksums.json';

async function openFolder() {
  await world.clearQuirks();
  await world.clear();
  const folder = mkdtempSync(path.join(root, 'case-'));
  await world.settle(folder);
  const run = (words: string) => world.run(folder, words);
  const json = async (words: string) => JSON.parse((await run(`${words} --json`)).stdout);
  const rows = async (words: string) => {
    const lines = (await run(words)).stdout.trimEnd().split('\n');
    return lines.slice(1).map((line) => line.split('\t'));
  };
  return { folder, run, json, rows };
}

it('from a bad file to a good one: populate, list, summary, retry, clear', async () => {
  const { folder, run, json, rows } = await openFolder();
  await world.quirk('^BTCUSDT-1h-2024-0[23]\\.zip$', { kind: 'wrong-checksum' });
  await world.quirk('^ETHUSDT-1h-2024-03\\.zip$', { kind: 'missing-checksum' });
  const populated = await run(`${POPULATE} --symbols BTCUSDT,ETHUSDT`.replace('2024-03-01', '2024-02-01'));
  expect(populated).toMatchObject({ exit: 0 });
  expect(populated.stderr).toContain('BTCUSDT-1h-2024-03.zip does not match its checksum; nothing of it was taken');
  expect(populated.stderr).toContain('ETHUSDT-1h-2024-03.zip has no checksum');

  const all = await rows('cache checksums list');
  expect(all.map((row) => row.slice(0, 5))).toEqual([
    ['BTCUSDT', '1h', '2024-02', 'fell_back', '1'],
    ['BTCUSDT', '1h', '2024-03', 'fell_back', '1'],
    ['ETHUSDT', '1h', '2024-03', 'missing_checksum', '1'],
  ]);
  expect(await rows('cache checksums list --symbol BTCUSDT --date 2024-03')).toEqual([all[1]]);
  expect(await rows('cache checksums list --symbol ETH* --interval 60m --date 2024')).toEqual([all[2]]);
  const { schemaVersion, failures } = await json('cache checksums list --symbol BTCUSDT --date 2024');
  expect(schemaVersion).toBe(1);
  expect(failures).toHaveLength(2);
  expect(JSON.parse(readFileSync(path.join(folder, file), 'utf8')).failures).toEqual(expect.arrayContaining(failures));
  expect(await rows('cache checksums summary')).toEqual([
    ['BTCUSDT', '1h', 'fell_back', '2', '2', '2024-02', '2024-03', '2025-03-10T12:34:56Z'],
    ['ETHUSDT', '1h', 'missing_checksum', '1', '1', '2024-03', '2024-03', '2025-03-10T12:34:56Z'],
  ]);

  await world.clearQuirks();
  await world.quirk('^BTCUSDT-1h-2024-03\\.zip$', { kind: 'wrong-checksum' });
  const partly = await run('cache checksums retry --json');
  expect(partly.exit).toBe(4);
  expect(JSON.parse(partly.stdout)).toMatchObject({
    ...{ schemaVersion: 1, command: 'cache checksums retry', status: 'partial' },
    series: [
      {
        ...{ symbol: 'BTCUSDT', interval: '1h', provider: 'binance', rowsAdded: 0, rowsReplaced: 0 },
        warnings: ['2024-03: it still does not match its checksum'],
        files: [{ result: 'verified' }, { result: 'failed', action_taken: 'retried_failed' }],
      },
      { symbol: 'ETHUSDT', warnings: [], files: [{ result: 'verified', action_taken: 'retried_success' }] },
    ],
  });
  await world.clearQuirks();
  await world.clear();
  const rest = await run('cache checksums retry');
  expect(rest).toMatchObject({
    exit: 0,
    stdout: expect.stringContaining('BTCUSDT\t1h\t2024-03\tverified\t0\t0\t0'),
  });
  expect(await world.entries()).toHaveLength(2);
  expect((await rows('cache checksums list')).map((row) => row[3])).toEqual(Array(3).fill('retried_success'));
  expect(await run('cache checksums retry')).toMatchObject({ exit: 0, stdout: '' });
  expect(await world.entries()).toHaveLength(2);

  const before = readFileSync(path.join(folder, file));
  const unasked = await run('cache checksums clear --symbol BTCUSDT');
  expect(unasked.exit).toBe(2);
  expect(unasked.stderr).toContain('cache checksums clear --yes');
  expect(readFileSync(path.join(folder, file))).toEqual(before);
  const { cleared, left, backup } = await json('cache checksums clear --symbol BTCUSDT --yes');
  expect([cleared, left]).toEqual([2, 1]);
  expect(backup).toBe(path.join(folder, 'market/_almanac/checksums.20250310T123456Z.json'));
  expect(readFileSync(backup)).toEqual(before);
  expect((await rows('cache checksums list')).map(([symbol]) => symbol)).toEqual(['ETHUSDT']);
  expect(await run('cache checksums clear --symbol BTCUSDT')).toMatchObject({ exit: 0 });
}, 60_000);

it('two populates at once lose nothing of what either found', async () => {
  const { run, rows } = await openFolder();
  await world.quirk('2024-03(-\\d\\d)?\\.zip$', { kind: 'wrong-checksum' });
  const ended = ['BTCUSDT', 'ETHUSDT'].map((symbol) => run(`${POPULATE} --symbols ${symbol}`));
  expect((await Promise.all(ended)).map(({ exit }) => exit)).toEqual([0, 0]);
  expect((await rows('cache checksums summary')).map((row) => row.slice(0, 5))).toEqual([
    ['BTCUSDT', '1h', 'fell_back', '32', '32'],
    ['ETHUSDT', '1h', 'fell_back', '32', '32'],
  ]);
}, 60_000);

it('says what is stored unproved, and sets it right', async () => {
  const { run, json, rows } = await openFolder();
  await world.quirk('2024-03\\.zip$', { kind: 'wrong-checksum' });
  const populated = await run(`${POPULATE} --symbols BTCUSDT --proceed-on-checksum-failure`);
  expect(populated).toMatchObject({ exit: 0, stderr: expect.stringContaining('stored all the same') });
  const { failures } = await json('cache checksums list');
  expect(failures).toMatchObject([{ action_taken: 'proceeded', stored_checksums: [failures[0].actual_checksum] }]);
  await world.clearQuirks();
  expect(await run('cache checksums retry')).toMatchObject({ exit: 0 });
  expect((await rows('cache checksums list'))[0]?.[3]).toBe('retried_success');
}, 60_000);

it('where nothing is recorded, it says so and creates nothing', async () => {
  const { folder, run, json } = await openFolder();
  for (const command of ['list', 'summary', 'retry', 'clear']) {
    expect(await run(`cache checksums ${command}`)).toMatchObject({ exit: 0 });
  }
  expect(await json('cache checksums list')).toMatchObject({ failures: [] });
  expect(existsSync(path.join(folder, 'market'))).toBe(false);
  expect(listTree(folder)).toEqual(['almanac.config.json']);
  expect(await run('cache checksums list --date 2024-1')).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('is not a year, month or day'),
  });
  expect((await run('cache checksums list --interval 7h')).exit).toBe(2);
}, 60_000);
