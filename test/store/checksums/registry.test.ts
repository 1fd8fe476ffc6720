import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ChecksumFailure } from '../../../src/store/checksums/checksum-failure.js';
import { openChecksumRegistry } from '../../../src/store/checksums/open-registry.js';
import type { FilePort } from '../../../src/store/files/file-port.js';
import { nodeFiles } from '../../../src/store/files/node-files.js';
import { listTree, temporaryFolder } from '../../support/temp-folder.js';

const root = temporaryFolder();
const now = () => Date.parse('2025-03-10T12:34:56Z');
const freshCache = (): string => mkdtempSync(path.join(root, 'case-'));
const open = (cache: string, more = {}) => openChecksumRegistry(cache, { now, ...more });

const failure = (date: string, more: Partial<ChecksumFailure> = {}): ChecksumFailure => ({
  symbol: 'BTCUSDT',
  interval: '1h',
  date,
  provider: 'binance',
  via: date.length === 7 ? 'archive-month' : 'archive-day',
  expected_checksum: 'a'.repeat(64),
  actual_checksum: 'b'.repeat(64),
  timestamp: '2025-03-10T12:34:56Z',
  first_seen: '2025-03-10T12:34:56Z',
  count: 1,
  action_taken: 'fell_back',
  url: 'https://files.example/BTCUSDT-1h.zip',
  ...more,
});
const dates = async (cache: string) => (await open(cache).read()).failures.map(({ date }) => date);
const add = (cache: string, date: string, more = {}) =>
  open(cache, more).change((failures) => [...failures, failure(date)]);

describe('the registry', () => {
  it('is what was written, for whoever opens it next', async () => {
    const cache = freshCache();
    expect(await open(cache).read()).toEqual({ failures: [], garbled: false });
    expect(listTree(cache)).toEqual([]);
    await add(cache, '2024-01');
    await add(cache, '2024-01-05');
    expect(await open(cache).read()).toEqual({ failures: [failure('2024-01'), failure('2024-01-05')], garbled: false });
    expect(listTree(cache)).toEqual(['_almanac', '_almanac/.lock', '_almanac/checksums.json']);
  });

  it('loses nothing of what many write at once', async () => {
    const cache = freshCache();
    const days = Array.from({ length: 40 }, (_, i) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10));
    await Promise.all(days.map((day) => add(cache, day)));
    expect((await dates(cache)).sort()).toEqual(days);
  });

  it('keeps so many and no more: what came right goes first, then the oldest', async () => {
    const cache = freshCache();
    const at = (hour: number) => `2025-03-10T${String(hour).padStart(2, '0')}:00:00Z`;
    await open(cache, { most: 3 }).change(() => [
      failure('2024-01', { timestamp: at(1) }),
      failure('2024-02', { timestamp: at(9), action_taken: 'retried_success' }),
      failure('2024-03', { timestamp: at(2) }),
      failure('2024-04', { timestamp: at(3) }),
      failure('2024-05', { timestamp: at(4) }),
    ]);
    expect(await dates(cache)).toEqual(['2024-03', '2024-04', '2024-05']);
  });

  it('is not written where nothing changes', async () => {
    const cache = freshCache();
    await open(cache).change((failures) => failures);
    expect(listTree(cache)).toEqual(['_almanac', '_almanac/.lock']);
  });
});

describe('a garbled registry', () => {
  it.each([
    ['cut', '{"schemaVersion": 1, "failures": ['],
    ['empty', ''],
    ['of another kind', '[1, 2]'],
    ['null', 'null'],
  ])('that is %s is kept aside, and begun anew', async (_, text) => {
    const cache = freshCache();
    mkdirSync(path.join(cache, '_almanac'));
    writeFileSync(path.join(cache, '_almanac/checksums.json'), text);
    expect(await open(cache).read()).toEqual({ failures: [], garbled: true });
    await add(cache, '2024-01');
    expect(await dates(cache)).toEqual(['2024-01']);
    const aside = path.join(cache, '_almanac/checksums.20250310T123456Z.garbled.json');
    expect(readFileSync(aside, 'utf8')).toBe(text);
  });

  it('gives the entries that can be read', async () => {
    const cache = freshCache();
    mkdirSync(path.join(cache, '_almanac'));
    const bad = [
      { ...failure('2024-02'), date: '../../etc' },
      { ...failure('2024-02'), date: '2024-13' },
      { ...failure('2024-02'), symbol: 'A\u0000' },
      { ...failure('2024-02'), interval: '7h' },
      null,
    ];
    const document = { schemaVersion: 1, failures: [failure('2024-01'), ...bad] };
    writeFileSync(path.join(cache, '_almanac/checksums.json'), JSON.stringify(document));
    expect(await open(cache).read()).toEqual({ failures: [failure('2024-01')], garbled: true });
    await open(cache).change((failures) => failures);
    expect(await open(cache).read()).toEqual({ failures: [failure('2024-01')], garbled: false });
    expect(listTree(cache)).toContain('_almanac/checksums.20250310T123456Z.garbled.json');
  });

  it('of a later version is left as it is', async () => {
    const cache = freshCache();
    mkdirSync(path.join(cache, '_almanac'));
    const text = JSON.stringify({ schemaVersion: 2, failures: {} });
    writeFileSync(path.join(cache, '_almanac/checksums.json'), text);
    await expect(open(cache).read()).rejects.toMatchObject({ code: 'STORE_NEWER' });
    await expect(add(cache, '2024-01')).rejects.toMatchObject({ code: 'STORE_NEWER' });
    expect(readFileSync(path.join(cache, '_almanac/checksums.json'), 'utf8')).toBe(text);
  });
});

describe('a change with a copy', () => {
  it('keeps what was there, as often as it is made', async () => {
    const cache = freshCache();
    await add(cache, '2024-01');
    const [before, first] = [readFileSync(open(cache).file), await open(cache).changeWithCopy(() => [])];
    expect(first).toBe(path.join(cache, '_almanac/checksums.20250310T123456Z.json'));
    expect(readFileSync(first as string)).toEqual(before);
    await add(cache, '2024-02');
    expect(await open(cache).changeWithCopy(() => [])).toMatch(/20250310T123456Z-1\.json$/);
    expect(await open(cache).changeWithCopy((failures) => failures)).toBeUndefined();
    expect(await dates(cache)).toEqual([]);
  });
});

it.each(['write', 'sync', 'rename'])(
  'a disk that fails at %s leaves the old one and nothing beside it',
  async (name) => {
    const cache = freshCache();
    await add(cache, '2024-01');
    const fail = () => Promise.reject(Object.assign(new Error('ENOSPC: injected'), { code: 'ENOSPC' }));
    const files: FilePort = {
      ...nodeFiles,
      ...(name === 'rename' ? { rename: fail } : {}),
      open: async (at, mode) => {
        const file = await nodeFiles.open(at, mode);
        return mode === 'create' && name !== 'rename' ? { ...file, [name]: fail } : file;
      },
    };
    await expect(add(cache, '2024-02', { files })).rejects.toMatchObject({ code: 'STORE_FULL' });
    expect(await dates(cache)).toEqual(['2024-01']);
    expect(listTree(cache)).toEqual(['_almanac', '_almanac/.lock', '_almanac/checksums.json']);
  },
);

it('sweeps up after one that died in the middle', async () => {
  const cache = freshCache();
  await add(cache, '2024-01');
  writeFileSync(path.join(cache, '_almanac/checksums.json.0123456789ab.tmp'), 'half');
  await add(cache, '2024-02');
  expect(listTree(cache)).toEqual(['_almanac', '_almanac/.lock', '_almanac/checksums.json']);
});
