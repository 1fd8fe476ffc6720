import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import CacheCleanup from '../../src/commands/cache/cleanup.js';
import CacheRestore from '../../src/commands/cache/restore.js';
import { copyOf, fetchAgain, writeTruth } from '../operations/cleanup/damaged-cache.js';
import { hashYears } from '../support/file-hashes.js';
import { listTree, temporaryFolder } from '../support/temp-folder.js';
import { runCommand } from './run-command.js';

const root = temporaryFolder();
const template = path.join(root, 'template');
let cache: string;

beforeEach(async () => {
  if (!existsSync(template)) await writeTruth(template);
  cache = copyOf(template, root);
});

const clean = (...words: string[]) => runCommand(CacheCleanup, [...words, '--cache-dir', cache]);
const bring = (...words: string[]) => runCommand(CacheRestore, [...words, '--cache-dir', cache]);
const file = (name: string): string => path.join(cache, name);

function flip(name: string): Buffer {
  const bytes = readFileSync(file(name));
  bytes[900] = (bytes[900] as number) ^ 16;
  writeFileSync(file(name), bytes);
  return bytes;
}

describe('cache cleanup', () => {
  it('finds nothing in a sound cache, and says so', async () => {
    const { exit, stdout } = await clean('--json');
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      command: 'cache cleanup',
      status: 'complete',
      warnings: [],
      findings: [],
      repaired: 0,
      quarantined: 0,
    });
    expect(JSON.parse(readFileSync(file('_almanac/cleanup-report.json'), 'utf8'))).toMatchObject({ findings: [] });
    expect(await clean()).toMatchObject({ exit: 0, stdout: '' });
  });

  it('reports, acts on its report, and puts back what a person wants back', async () => {
    const before = hashYears(cache);
    const hurt = flip('A/1d/2024.csv.gz');
    const reported = await clean('--json');
    expect(reported.exit).toBe(3);
    const { findings } = JSON.parse(reported.stdout);
    expect(findings).toEqual([
      expect.objectContaining({
        path: 'A/1d/2024.csv.gz',
        check: 'hash',
        action: 'salvage',
        detail: expect.stringContaining('2024-'),
      }),
    ]);
    expect(readFileSync(file('A/1d/2024.csv.gz')).equals(hurt)).toBe(true);
    expect(JSON.parse((await clean('--json')).stdout).findings[0].id).toBe(findings[0].id);

    const acted = await clean('--cleanup', '--json');
    expect(acted.exit).toBe(0);
    expect(JSON.parse(acted.stdout)).toMatchObject({
      repaired: 1,
      quarantined: 1,
      findings: [{ id: findings[0].id, outcome: 'repaired', quarantine: expect.any(String) }],
    });
    const twice = await clean('--cleanup', '--json');
    expect(twice.exit).toBe(0);
    expect(JSON.parse(twice.stdout)).toMatchObject({ repaired: 0, quarantined: 0, findings: [] });
    expect((await clean()).exit).toBe(0);

    await expect(bring(findings[0].id)).resolves.toMatchObject({ exit: 1, stderr: expect.stringContaining('--force') });
    expect((await bring(findings[0].id, '--force')).exit).toBe(0);
    expect(readFileSync(file('A/1d/2024.csv.gz')).equals(hurt)).toBe(true);
    expect((await clean('--validate-and-cleanup')).exit).toBe(0);
    await fetchAgain(cache);
    expect(hashYears(cache)).toEqual(before);
  });

  it('without a report to act on says how to get one', async () => {
    const { exit, stderr } = await clean('--cleanup');
    expect(exit).toBe(2);
    expect(stderr).toContain('almanac cache cleanup --validate-only');
  });

  it('leaves alone what has changed since the report', async () => {
    flip('A/1d/2024.csv.gz');
    await clean();
    const bytes = Buffer.concat([readFileSync(file('A/1d/2024.csv.gz')), Buffer.from('x')]);
    writeFileSync(file('A/1d/2024.csv.gz'), bytes);
    const { exit, stdout } = await clean('--cleanup', '--json');
    expect(exit).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ repaired: 0, findings: [{ outcome: 'changed' }] });
    expect(readFileSync(file('A/1d/2024.csv.gz')).equals(bytes)).toBe(true);
  });

  it('tells of foreign files, and touches none', async () => {
    writeFileSync(file('notes.txt'), 'mine');
    writeFileSync(file('A/1d/mine.csv'), 'mine');
    mkdirSync(file('my data/1h'), { recursive: true });
    writeFileSync(file('my data/1h/2020.csv'), 'mine');
    const { stdout } = await clean('--validate-and-cleanup', '--json');
    expect(JSON.parse(stdout).findings.map(({ path, action }: Record<string, string>) => [path, action])).toEqual([
      ['A/1d/mine.csv', 'none'],
      ['my data', 'none'],
      ['notes.txt', 'none'],
    ]);
    for (const name of ['notes.txt', 'A/1d/mine.csv', 'my data/1h/2020.csv'])
      expect(readFileSync(file(name), 'utf8')).toBe('mine');
  });

  it('mends its own documents: a garbled registry, a report that is none', async () => {
    mkdirSync(file('_almanac'));
    writeFileSync(file('_almanac/checksums.json'), '{"schemaVersion":1,"fail');
    writeFileSync(file('validate-metadata.json'), '{"gar');
    const { exit, stdout } = await clean('--validate-and-cleanup', '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ repaired: 2, quarantined: 1 });
    expect(existsSync(file('validate-metadata.json'))).toBe(false);
    expect(listTree(file('_almanac')).some((name) => name.endsWith('.garbled.json'))).toBe(true);
    expect((await clean()).exit).toBe(0);
  });

  it('never takes what is rare for damage', async () => {
    const { openStore } = await import('../../src/store/open-store.js');
    const rare = [1e-8, 1e-8, 5e5, 1e-8];
    const time = Float64Array.from(rare, (_, i) => Date.UTC(2022, 0, 1 + i));
    const bars = {
      time,
      columns: ['open', 'high', 'low', 'close', 'volume'],
      values: [0, 1, 2, 3].map(() => Float64Array.from(rare)),
    };
    const provenance = { provider: 'test', via: 'import', fetchedAt: '2024-06-01T00:00:00Z', derived: false } as const;
    await openStore(cache)
      .series('RARE', '1d')
      .put({ ...bars, values: [...bars.values, new Float64Array(4)] }, provenance);
    expect((await clean()).exit).toBe(0);
  });

  it('leaves a file of a newer version alone', async () => {
    const name = file('A/1d/2024.metadata.json');
    writeFileSync(name, readFileSync(name, 'utf8').replace('"schemaVersion": 1', '"schemaVersion": 2'));
    const tree = hashYears(cache);
    const { exit, stdout } = await clean('--validate-and-cleanup', '--json');
    expect(exit).toBe(4);
    expect(JSON.parse(stdout).findings).toEqual([expect.objectContaining({ action: 'none', outcome: 'kept' })]);
    expect(hashYears(cache)).toEqual(tree);
  });
});

describe('cache cleanup --purge-quarantine', () => {
  beforeEach(async () => {
    flip('A/1d/2024.csv.gz');
    rmSync(file('B/1h/2024.metadata.json'));
    expect((await clean('--validate-and-cleanup')).exit).toBe(0);
  });
  const kept = () => listTree(file('_almanac/quarantine')).filter((name) => name.endsWith('.csv.gz')).length;

  it('needs an age, and off a terminal a word that it is meant', async () => {
    expect((await clean('--purge-quarantine')).exit).toBe(2);
    const { exit, stdout, stderr } = await clean('--purge-quarantine', '--older-than', '0d');
    expect(exit).toBe(2);
    expect(stdout).toContain('A/1d');
    expect(stderr).toContain('--yes');
    expect(kept()).toBe(2);
  });

  it('deletes what is old enough, nothing younger, and nothing else', async () => {
    const before = hashYears(cache);
    const young = JSON.parse((await clean('--purge-quarantine', '--older-than', '30d', '--yes', '--json')).stdout);
    expect(young).toMatchObject({ purged: [], bytes: 0 });
    expect(kept()).toBe(2);
    const { exit, stdout } = await clean('--purge-quarantine', '--older-than', '0d', '--yes', '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(stdout).purged).toHaveLength(2);
    expect(kept()).toBe(0);
    expect(hashYears(cache)).toEqual(before);
    expect((await clean()).exit).toBe(0);
  });
});

describe('what is in quarantine without its manifest', () => {
  let id: string;
  beforeEach(async () => {
    flip('A/1d/2024.csv.gz');
    await clean('--validate-and-cleanup');
    id = JSON.parse((await clean('--json')).stdout).quarantine[0].id;
  });
  const home = (name = '') => file(`_almanac/quarantine/${id}/${name}`);

  it('is told as that, and restore says where the files lie', async () => {
    rmSync(home('manifest.json'));
    const { exit, stdout } = await clean('--json');
    expect(exit).toBe(3);
    const { findings, quarantine } = JSON.parse(stdout);
    expect(findings).toEqual([
      expect.objectContaining({ path: `_almanac/quarantine/${id}`, detail: expect.stringContaining('2024.csv.gz') }),
    ]);
    const reason = 'files without a manifest: 2024.csv.gz, 2024.metadata.json';
    expect(quarantine).toMatchObject([{ id, reason, restorable: false }]);
    // The time in its name, and not when the damaged file was written.
    const named = id.replace(/^(....)(..)(..)T(..)(..)(..)Z.*$/, '$1-$2-$3T$4:$5:$6.000Z');
    expect(quarantine[0].at).toBe(named);
    expect((await clean()).stdout).toContain(`${id}\tin-quarantine\tnone\t`);
    for (const asked of [id, id.slice(0, -2)]) {
      const restored = await bring(asked);
      expect(restored.exit).toBe(1);
      expect(restored.stderr.replace(/\s+/g, ' ')).toContain(`the manifest of ${id} is lost`);
      expect(restored.stderr).toContain(path.dirname(home('x')));
    }
  });

  it.each(['lost', 'garbled'])('is purged by its age where it is %s', async (state) => {
    if (state === 'lost') rmSync(home('manifest.json'));
    else writeFileSync(home('manifest.json'), '{"gar');
    const old = file('_almanac/quarantine/20200131T120000Z-0a1b2c3d');
    mkdirSync(old);
    writeFileSync(path.join(old, '2020.csv.gz'), 'bytes');
    const young = JSON.parse((await clean('--purge-quarantine', '--older-than', '30d', '--yes', '--json')).stdout);
    expect(young.purged.map((each: { id: string }) => each.id)).toEqual([path.basename(old)]);
    expect(existsSync(home('2024.csv.gz'))).toBe(true);
    expect((await clean('--purge-quarantine', '--older-than', '0d', '--yes')).exit).toBe(0);
    expect(listTree(home())).toEqual([]);
    expect((await clean()).exit).toBe(0);
  });
});

describe('cache restore', () => {
  it('knows an id by its beginning, and names the one that was meant', async () => {
    flip('A/1d/2024.csv.gz');
    await clean('--validate-and-cleanup');
    const { quarantine } = JSON.parse((await clean('--json')).stdout);
    const { id } = quarantine[0] as { id: string };
    const wrong = await bring(`${id.slice(0, -1)}z`);
    expect(wrong.exit).toBe(2);
    expect(wrong.stderr).toContain(`almanac cache restore ${id}`);
    const right = await bring(id.slice(0, -2), '--force', '--json');
    expect(right.exit).toBe(0);
    expect(JSON.parse(right.stdout)).toMatchObject({
      id,
      restored: [{ path: 'A/1d/2024.csv.gz' }, { path: 'A/1d/2024.metadata.json' }],
      replaced: expect.any(String),
    });
    const { stderr } = await bring(id);
    expect(stderr).toContain('already');
    expect(stderr).toContain('Try: almanac cache cleanup');
    expect((await bring('nonsense')).exit).toBe(2);
  });

  it('refuses what is no longer what was put there', async () => {
    flip('A/1d/2024.csv.gz');
    await clean('--validate-and-cleanup');
    const { id } = JSON.parse((await clean('--json')).stdout).quarantine[0] as { id: string };
    writeFileSync(file(`_almanac/quarantine/${id}/2024.csv.gz`), 'other');
    const before = hashYears(cache);
    expect((await bring(id, '--force')).exit).toBe(1);
    expect(hashYears(cache)).toEqual(before);
    expect((await clean()).exit).toBe(3);
  });
});
