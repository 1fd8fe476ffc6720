import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { nodeFiles } from '../../src/store/files/node-files.js';
import { openStore } from '../../src/store/open-store.js';
import { judgeYear } from '../../src/store/upkeep/judge-year.js';
import { walkCache } from '../../src/store/upkeep/walk-cache.js';
import { YEAR_STEPS } from '../../src/store/upkeep/year-steps.js';
import { makeBars, PROVENANCE } from '../support/make-bars.js';
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
