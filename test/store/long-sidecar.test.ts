import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { FilePort } from '../../src/store/files/file-port.js';
import { nodeFiles } from '../../src/store/files/node-files.js';
import { openStore } from '../../src/store/open-store.js';
import { listRows, makeBars, PROVENANCE, pickRows } from '../support/make-bars.js';
import { listTree, temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
const freshCache = (): string => mkdtempSync(path.join(root, 'cache-'));

describe('a year in which every row has another source than the one before it', () => {
  const bars = makeBars('1m', Date.UTC(2024, 0, 1), 22_000, ['price']);
  const from = (provider: string) => ({ ...PROVENANCE, provider, checksum: 'a'.repeat(64) });
  const every = (odd: number): number[] => [...bars.time.keys()].filter((row) => row % 2 === odd);

  it('keeps all its rows and sources over the next write', async () => {
    const cache = freshCache();
    const series = openStore(cache).series('A', '1m');
    await series.put(pickRows(bars, every(0)), from('binance'));
    await series.put(pickRows(bars, every(1)), from('kraken'));
    expect(statSync(path.join(cache, 'A/1m/2024.metadata.json')).size).toBeGreaterThan(4 << 20);

    const more = makeBars('1m', Date.UTC(2024, 11, 31), 1, ['price']);
    expect(await series.put(more, PROVENANCE)).toMatchObject({ added: 1, repaired: [] });
    expect((await series.info()).rows).toBe(22_001);
    const [year] = await series.years();
    expect(year?.state).toBe('sound');
    expect(year?.sidecar?.provenance.slice(0, 3).map(({ provider, rows }) => [provider, rows])).toEqual([
      ['binance', 1],
      ['kraken', 1],
      ['binance', 1],
    ]);
  });
});

describe('what cannot be read again', () => {
  const bars = makeBars('1d', Date.UTC(2024, 0, 1), 60);
  const more = makeBars('1d', Date.UTC(2024, 5, 1), 1);

  it('is not written: a provenance that no sidecar can hold is refused before anything changes', async () => {
    const cache = freshCache();
    const series = openStore(cache).series('A', '1d');
    await series.put(bars, PROVENANCE);
    const before = listTree(cache).filter((name) => /\.(gz|json|tmp)$/.test(name));
    const writing = series.put(more, { ...PROVENANCE, fetchedAt: 'yesterday' });
    await expect(writing).rejects.toMatchObject({ code: 'BARS_INVALID', message: expect.stringMatching(/fetchedAt/) });
    expect(listTree(cache).filter((name) => /\.(gz|json|tmp)$/.test(name))).toEqual(before);
    expect(listRows(await series.read())).toEqual(listRows(bars));
  });

  it('after a repair either, is written over by nobody', async () => {
    const cache = freshCache();
    await openStore(cache).series('A', '1d').put(bars, PROVENANCE);
    const files: FilePort = {
      ...nodeFiles,
      readWhole: async (name) =>
        name.endsWith('2024.metadata.json') ? Buffer.from('{}') : await nodeFiles.readWhole(name),
    };
    const writing = openStore(cache, { files }).series('A', '1d').put(more, PROVENANCE);
    await expect(writing).rejects.toMatchObject({
      code: 'STORE_DAMAGED',
      message: expect.stringMatching(/2024\.csv\.gz was repaired, and still its sidecar cannot be read/),
    });
    expect(listRows(await openStore(cache).series('A', '1d').read())).toEqual(listRows(bars));
    expect(readFileSync(path.join(cache, 'A/1d/2024.csv.gz')).length).toBeGreaterThan(100);
  });
});

it('a repair joins the ranges of one source within a block', async () => {
  const cache = freshCache();
  const series = openStore(cache).series('A', '1d');
  const bars = makeBars('1d', Date.UTC(2024, 0, 1), 20);
  await series.put(bars, PROVENANCE);
  const name = path.join(cache, 'A/1d/2024.metadata.json');
  const sidecar = JSON.parse(readFileSync(name, 'utf8'));
  const [all] = sidecar.provenance;
  sidecar.provenance = [
    { ...all, to: '2024-01-11T00:00:00Z', rows: 10 },
    { ...all, from: '2024-01-11T00:00:00Z', rows: 10, fetchedAt: '2024-07-01T00:00:00Z' },
  ];
  writeFileSync(name, JSON.stringify(sidecar));
  await series.put(makeBars('1d', Date.UTC(2024, 5, 1), 1), PROVENANCE);
  const ranges = (await series.years())[0]?.sidecar?.provenance;
  expect(ranges?.map(({ rows, fetchedAt }) => [rows, fetchedAt])).toEqual([
    [20, '2024-07-01T00:00:00Z'],
    [1, '2024-06-01T00:00:00Z'],
  ]);
});
