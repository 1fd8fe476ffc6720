import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { type Bars, column } from '../../src/market/bars.js';
import { commitYear } from '../../src/store/commit/commit-year.js';
import { lockSeries } from '../../src/store/commit/series-lock.js';
import { nodeFiles } from '../../src/store/files/node-files.js';
import { openStore } from '../../src/store/open-store.js';
import type { Sidecar } from '../../src/store/sidecar/sidecar.js';
import { judgeYear } from '../../src/store/upkeep/judge-year.js';
import { walkCache } from '../../src/store/upkeep/walk-cache.js';
import { YEAR_STEPS } from '../../src/store/upkeep/year-steps.js';
import { encodeBlock } from '../../src/store/year/block.js';
import { unionColumns } from '../../src/store/year/column-order.js';
import { splitBars } from '../../src/store/year/split-bars.js';
import { listRows, makeBars, PROVENANCE } from '../support/make-bars.js';
import { listTree, temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
const MORE = makeBars('1d', Date.UTC(2024, 5, 1), 1);

/** Sixty days as another program would write them: without a sidecar, under this header. */
function keepForeign(columns: readonly string[]): { readonly cache: string; readonly bytes: Buffer } {
  const cache = mkdtempSync(path.join(root, 'cache-'));
  const folder = path.join(cache, 'A', '1d');
  mkdirSync(folder, { recursive: true });
  const lines = Array.from({ length: 60 }, (_, day) => {
    const at = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().replace('.000', '');
    return [at, ...columns.map((_name, c) => 10 + c)].join();
  });
  const bytes = gzipSync(`${[['timestamp', ...columns].join(), ...lines].join('\n')}\n`);
  writeFileSync(path.join(folder, '2024.csv.gz'), bytes);
  return { cache, bytes };
}

describe('a file without a sidecar whose columns no year-file can have', () => {
  const many = Array.from({ length: 64 }, (_, i) => `c${i}`);
  const wrongs: [string, string[], RegExp][] = [
    ['a name with a space', ['open', 'close', 'adj close'], /a column cannot be called "adj close"/],
    ['a name that is there twice', ['open', 'close', 'close'], /a column is named twice/],
    ['one column too many', many, /it has 64 columns, and 63 is the most/],
  ];
  it.each(wrongs)('%s: is named, and neither read, put aside nor written over', async (_, columns, reason) => {
    const { cache, bytes } = keepForeign(columns);
    const series = openStore(cache).series('A', '1d');
    const refused = { code: 'STORE_DAMAGED', message: expect.stringMatching(reason) };
    await expect(series.read()).rejects.toMatchObject(refused);
    await expect(series.put(MORE, PROVENANCE)).rejects.toMatchObject(refused);
    expect(readFileSync(path.join(cache, 'A/1d/2024.csv.gz'))).toEqual(bytes);
    expect(listTree(cache)).toEqual(['A', 'A/1d', 'A/1d/.lock', 'A/1d/2024.csv.gz']);
    const [onDisk] = (await walkCache(nodeFiles, cache)).series;
    const { findings } = await judgeYear(nodeFiles, onDisk as never, 2024, YEAR_STEPS);
    expect(findings).toMatchObject([{ check: 'foreign', action: 'none', detail: expect.stringMatching(reason) }]);
  });
});

describe('a file without a sidecar whose columns are in an order of its own', () => {
  const orders = [
    ['close', 'high', 'low', 'open', 'volume'],
    ['open', 'high', 'low', 'close', 'volume', 'trades', 'quote_volume'],
    ['volume', 'close'],
  ];
  it.each(orders.map((order) => [order]))(
    '%j: each value stays under its name over the next writes',
    async (columns) => {
      const { cache } = keepForeign(columns);
      const series = openStore(cache).series('A', '1d');
      const named = (bars: Bars): unknown =>
        Object.fromEntries(columns.map((name) => [name, column(bars, name).slice(0, 60)]));
      const before = named(await series.read());
      expect(await series.put(MORE, PROVENANCE)).toMatchObject({ added: 1 });
      expect(named(await series.read())).toEqual(before);
      expect(await series.put(makeBars('1d', Date.UTC(2024, 6, 1), 1), PROVENANCE)).toMatchObject({ added: 1 });
      expect(named(await series.read())).toEqual(before);
      expect((await series.verify()).damaged).toEqual([]);
      const known = (await series.years())[0]?.sidecar?.columns.slice(1) ?? [];
      expect(known).toEqual(unionColumns(undefined, known));
    },
  );

  it('with a sidecar that another writer made in that order too', async () => {
    const { cache } = keepForeign(['close', 'open']);
    const series = openStore(cache).series('A', '1d');
    await series.put(MORE, PROVENANCE);
    await putInOrder(cache, ['volume', 'low', 'high', 'close', 'open']);
    const before = await series.read({ columns: ['open', 'low', 'close'] });
    expect(column(before, 'open')[0]).toBe(11);
    expect(await series.put(makeBars('1d', Date.UTC(2024, 6, 1), 1), PROVENANCE)).toMatchObject({ added: 1 });
    const after = await series.read({ columns: ['open', 'low', 'close'], end: Date.UTC(2024, 6, 1) });
    expect(listRows(after)).toEqual(listRows(before));
    expect((await series.verify()).damaged).toEqual([]);
  });
});

/** Writes the year anew with its columns in another order, its sidecar with it. */
async function putInOrder(cache: string, columns: readonly string[]): Promise<void> {
  const folder = path.join(cache, 'A', '1d');
  const series = openStore(cache).series('A', '1d');
  const bars = await series.read({ columns });
  const sidecar = (await series.years())[0]?.sidecar as Sidecar;
  const lock = await lockSeries(nodeFiles, folder, { timeoutMs: 1000, owner: 'test', signal: undefined });
  try {
    const pieces = await Promise.all(splitBars('month', bars).map(({ period, rows }) => encodeBlock(period, rows)));
    const { blocks: _b, file: _f, rows: _r, first: _1, last: _2, ...draft } = sidecar;
    await commitYear(
      { files: nodeFiles, folder, lock },
      { draft: { ...draft, columns: ['timestamp', ...columns] }, pieces, basedOn: undefined, keepPrevious: true },
    );
  } finally {
    await lock.release();
  }
}

describe('bars with more columns than a year-file has', () => {
  const names = (from: number, count: number): string[] => Array.from({ length: count }, (_, i) => `c${from + i}`);
  it('are refused, alone and with those that are there', async () => {
    const series = openStore(mkdtempSync(path.join(root, 'cache-'))).series('A', '1d');
    const refused = { code: 'BARS_INVALID', message: expect.stringMatching(/columns, and 63 is the most/) };
    const put = (from: number, count: number) =>
      series.put(makeBars('1d', Date.UTC(2024, 0, 1 + from), 1, names(from, count)), PROVENANCE);
    await expect(put(0, 64)).rejects.toMatchObject(refused);
    expect(await put(0, 63)).toMatchObject({ added: 1 });
    await expect(put(60, 4)).rejects.toMatchObject(refused);
    expect((await series.verify()).damaged).toEqual([]);
  });
});
