import { mkdtempSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { emptyBars } from '../../src/market/bars.js';
import { openStore } from '../../src/store/open-store.js';
import { barsAt, PROVENANCE } from '../support/make-bars.js';
import { temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
const START = Date.UTC(2024, 0, 5, 10);

it('an explanation without bars brings no columns, and leaves the bars’ bytes as they are', async () => {
  const cache = mkdtempSync(path.join(root, 'cache-'));
  const series = openStore(cache).series('A', 'ticks');
  const times = Array.from({ length: 100 }, (_, i) => START + i * 2000);
  await series.put(barsAt(times, ['price']), PROVENANCE);
  const data = readFileSync(path.join(cache, 'A/ticks/2024.csv.gz'));
  const gap = { from: '2024-01-06T00:00:00Z', to: '2024-01-07T00:00:00Z', reason: 'confirmed-empty' };
  const explained = [{ ...gap, providers: ['deriv'], checkedAt: '2024-02-01T00:00:00Z' }];
  expect(await series.put(emptyBars(), PROVENANCE, { explained })).toMatchObject({ added: 0, years: [2024] });
  expect(readFileSync(path.join(cache, 'A/ticks/2024.csv.gz'))).toEqual(data);
  const [year] = await series.years();
  expect(year?.sidecar?.columns).toEqual(['timestamp', 'price']);
  expect(year?.sidecar?.explained).toEqual(explained);
  expect(await series.put(emptyBars(['price', 'size']), PROVENANCE, { explained })).toMatchObject({ years: [] });
});
