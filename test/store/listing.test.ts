import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { openStore } from '../../src/store/open-store.js';
import { makeBars, PROVENANCE } from '../support/make-bars.js';
import { temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();

/** Ten days of 2024 and twenty of 2025, each year written twice. */
async function fill() {
  const cache = mkdtempSync(path.join(root, 'listing-'));
  const series = openStore(cache).series('BTCUSDT', '1d');
  for (const [start, days] of [
    [Date.UTC(2024, 11, 22), 5],
    [Date.UTC(2024, 11, 27), 15],
    [Date.UTC(2025, 0, 11), 10],
  ] as const)
    await series.put(makeBars('1d', start, days), PROVENANCE);
  return { cache, folder: path.join(cache, 'BTCUSDT', '1d') };
}

it('a folder has one file for each year that a glob for *.csv.gz finds, hidden files included', async () => {
  const { folder } = await fill();
  const names = readdirSync(folder);
  expect(names.filter((name) => name.endsWith('.csv.gz')).sort()).toEqual(['2024.csv.gz', '2025.csv.gz']);
  expect(names.filter((name) => name.endsWith('.json')).sort()).toEqual(['2024.metadata.json', '2025.metadata.json']);
  // What was there before the last write is kept all the same.
  expect(names).toEqual(expect.arrayContaining(['.2024.csv.gz.prev', '.2025.csv.gz.prev']));
});

it('rows of a year without a sidecar are counted, and are nobody’s', async () => {
  const { cache, folder } = await fill();
  rmSync(path.join(folder, '2025.metadata.json'));
  const store = openStore(cache);
  const whole = { rows: 30, first: Date.UTC(2024, 11, 22), last: Date.UTC(2025, 0, 20) };
  expect(await store.list()).toMatchObject([{ ...whole, unproved: [2025], providers: ['test', 'unknown'] }]);
  expect((await store.stats()).byProvider).toEqual([
    { provider: 'unknown', rows: 20 },
    { provider: 'test', rows: 10 },
  ]);
});

it.each(['missing', 'garbled'])('a year whose sidecar is %s is counted month by month', async (state) => {
  const cache = mkdtempSync(path.join(root, 'listing-'));
  const series = openStore(cache).series('BTCUSDT', '1h');
  await series.put(makeBars('1h', Date.UTC(2024, 0, 1), 24 * 91), PROVENANCE);
  const { blocks } = await series.coverage();
  const sidecar = path.join(cache, 'BTCUSDT', '1h', '2024.metadata.json');
  if (state === 'missing') rmSync(sidecar);
  else writeFileSync(sidecar, readFileSync(sidecar).subarray(0, 100));
  expect(await series.coverage()).toMatchObject({ rows: 2184, blocks });
});

it('a year of a newer format keeps nobody from the others', async () => {
  const { cache, folder } = await fill();
  const sidecar = path.join(folder, '2025.metadata.json');
  const newer = readFileSync(sidecar, 'utf8').replace('"schemaVersion": 1', '"schemaVersion": 2');
  writeFileSync(sidecar, newer);
  const store = openStore(cache);
  expect(await store.list()).toMatchObject([{ rows: 10, newer: [2025], unproved: [] }]);
  expect(await store.stats()).toMatchObject({ series: 1, rows: 10 });
  await expect(store.series('BTCUSDT', '1d').read()).rejects.toMatchObject({ code: 'STORE_NEWER' });
  expect(readFileSync(sidecar, 'utf8')).toBe(newer);
});
