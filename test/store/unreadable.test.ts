import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Unreadable } from '../../src/store/files/unreadable.js';
import { openStore } from '../../src/store/open-store.js';
import { makeBars, PROVENANCE } from '../support/make-bars.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { unreadableFiles } from '../support/unreadable-files.js';

const root = temporaryFolder();
let cache: string;

beforeEach(async () => {
  cache = mkdtempSync(path.join(root, 'cache-'));
  await openStore(cache)
    .series('AAPL', '1d')
    .put(makeBars('1d', Date.UTC(2023, 11, 27), 10), PROVENANCE);
  await openStore(cache)
    .series('MSFT', '1d')
    .put(makeBars('1d', Date.UTC(2024, 0, 1), 3), PROVENANCE);
});

const at = (...names: string[]): string => path.join(cache, 'AAPL', ...names);

describe('a file that cannot be read', () => {
  it('keeps nobody from the other years and series', async () => {
    const file = at('1d', '2024.metadata.json');
    const store = openStore(cache, { files: unreadableFiles(file, 'EACCES') });
    const unreadable = [
      { path: file, reason: expect.stringContaining('EACCES'), remedy: expect.stringContaining(file) },
    ];
    expect(await store.list()).toMatchObject([
      { symbol: 'AAPL', years: [2023, 2024], rows: 5, unproved: [], unreadable },
      { symbol: 'MSFT', rows: 3, unreadable: [] },
    ]);
    expect(await store.stats()).toMatchObject({ series: 2, rows: 8, unreadable });
  });

  it('is an error of that series, which says which it is, why, and what to type', async () => {
    const file = at('1d', '2024.csv.gz');
    for (const code of ['EACCES', 'EIO']) {
      const series = openStore(cache, { files: unreadableFiles(file, code) }).series('AAPL', '1d');
      await expect(series.read()).rejects.toMatchObject({
        code: 'STORE_DAMAGED',
        message: expect.stringMatching(new RegExp(`^${file} cannot be read: .+ \\(${code}\\)$`)),
        suggestions: [expect.any(String), expect.stringContaining('almanac cache cleanup')],
      });
      const told: (Unreadable | undefined)[] = [];
      const { time } = await series.read({ onDamage: ({ unreadable }) => told.push(unreadable) });
      expect(time).toHaveLength(5);
      expect(told).toMatchObject([{ path: file }]);
      const { damaged } = await series.verify();
      expect(damaged).toMatchObject([{ year: 2024, unreadable: { path: file } }]);
    }
  });

  it('is counted by nobody who has to know what is there', async () => {
    const store = openStore(cache, { files: unreadableFiles(at('1d', '2024.metadata.json'), 'EACCES') });
    await expect(store.series('AAPL', '1d').coverage()).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    const { rows } = await store
      .series('AAPL', '1d')
      .coverage({ start: Date.UTC(2023, 0, 1), end: Date.UTC(2024, 0, 1) });
    expect(rows).toBe(5);
  });

  it.each(['2024.csv.gz', '2024.metadata.json'])('may be a folder in the place of %s', async (name) => {
    rmSync(at('1d', name));
    mkdirSync(at('1d', name));
    const store = openStore(cache);
    expect(await store.list()).toMatchObject([{ rows: 5, unreadable: [{ path: at('1d', name) }] }, { rows: 3 }]);
    await expect(store.series('AAPL', '1d').read()).rejects.toMatchObject({
      message: expect.stringContaining(`${at('1d', name)} cannot be read: it is a folder`),
    });
  });
});

describe('a folder that cannot be listed', () => {
  it('of a series: it is there, and nothing is known of it', async () => {
    const store = openStore(cache, { files: unreadableFiles(at('1d'), 'EACCES') });
    expect(await store.list()).toMatchObject([{ rows: 0, unreadable: [{ path: at('1d') }] }, { rows: 3 }]);
    expect(await store.stats()).toMatchObject({ series: 2, rows: 3, unreadable: [{ path: at('1d') }] });
    const series = store.series('AAPL', '1d');
    for (const asked of [series.read(), series.years(), series.coverage(), series.verify()])
      await expect(asked).rejects.toMatchObject({ code: 'STORE_DAMAGED', message: expect.stringContaining(at('1d')) });
  });

  it('of a symbol: told to whoever listens, and an error where nobody does', async () => {
    const files = unreadableFiles(at(), 'EACCES');
    const told: Unreadable[] = [];
    const listened = openStore(cache, { files, onUnreadable: (each) => told.push(each) });
    expect(await listened.list()).toMatchObject([{ symbol: 'MSFT', rows: 3 }]);
    expect(told).toMatchObject([{ path: at() }]);
    const store = openStore(cache, { files });
    await expect(store.list()).rejects.toMatchObject({ code: 'STORE_DAMAGED', message: expect.stringContaining(at()) });
    expect(await store.symbols()).toEqual(['AAPL', 'MSFT']);
    expect(await store.timeframes('MSFT')).toEqual(['1d']);
  });

  it('of the cache: there is nothing to go on with', async () => {
    const store = openStore(cache, { files: unreadableFiles(cache, 'EACCES'), onUnreadable: () => undefined });
    await expect(store.list()).rejects.toMatchObject({ code: 'EACCES' });
  });
});
