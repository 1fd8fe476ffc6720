import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { lockSeries } from '../../src/store/commit/series-lock.js';
import { nodeFiles } from '../../src/store/files/node-files.js';
import { openStore } from '../../src/store/open-store.js';
import { makeBars, PROVENANCE } from '../support/make-bars.js';
import { temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
const bars = makeBars('1h', Date.UTC(2024, 0, 1), 5);

describe('a wait for another writer', () => {
  it('ends as soon as nobody wants it any more, and leaves the series as it was', async () => {
    const cache = mkdtempSync(path.join(root, 'case-'));
    const folder = path.join(cache, 'BTCUSDT', '1h');
    mkdirSync(folder, { recursive: true });
    const held = await lockSeries(nodeFiles, folder, { timeoutMs: 0, owner: 'somebody' });
    const stop = new AbortController();
    const begun = performance.now();
    const put = openStore(cache, { waiting: stop.signal }).series('BTCUSDT', '1h').put(bars, PROVENANCE);
    setTimeout(() => stop.abort(), 50);
    await expect(put).rejects.toMatchObject({ name: 'AbortError' });
    expect(performance.now() - begun).toBeLessThan(10_000);
    await held.release();
    expect(await openStore(cache).series('BTCUSDT', '1h').years()).toEqual([]);
  });

  it('that need not be is no reason to break off: what has the lock is written', async () => {
    const cache = mkdtempSync(path.join(root, 'case-'));
    const series = openStore(cache, { waiting: AbortSignal.abort() }).series('BTCUSDT', '1h');
    await expect(series.put(bars, PROVENANCE)).resolves.toMatchObject({ added: 5 });
  });
});

it('a cache that is a file is an error, not an empty cache', async () => {
  const file = path.join(root, 'a-file');
  writeFileSync(file, 'mine');
  const store = openStore(file);
  for (const asked of [store.list(), store.symbols(), store.stats()])
    await expect(asked).rejects.toMatchObject({ code: 'STORE_UNUSABLE', message: expect.stringContaining(file) });
  expect(readFileSync(file, 'utf8')).toBe('mine');
});
