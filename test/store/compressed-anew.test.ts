import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { Series } from '../../src/store/face.js';
import { openStore } from '../../src/store/open-store.js';
import { barsAt, listRows, makeBars, PROVENANCE, pickRows } from '../support/make-bars.js';
import { temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
const BARS = makeBars('1d', Date.UTC(2024, 0, 1), 150);
const MORE = makeBars('1d', Date.UTC(2024, 5, 1), 1);

interface Case {
  readonly cache: string;
  readonly series: Series;
  readonly file: string;
}

async function store(symbol = 'A', cache = mkdtempSync(path.join(root, 'cache-')), bars = BARS): Promise<Case> {
  const series = openStore(cache).series(symbol, '1d');
  await series.put(bars, PROVENANCE);
  return { cache, series, file: path.join(cache, symbol, '1d', '2024.csv.gz') };
}

function rewrite(file: string, edit: (text: string) => string = (text) => text): void {
  writeFileSync(file, gzipSync(edit(gunzipSync(readFileSync(file)).toString()), { level: 9 }));
}

const sources = async (series: Series) =>
  (await series.years())[0]?.sidecar?.provenance.map(({ provider, rows }) => [provider, rows]);

describe('a year that somebody compressed anew', () => {
  it('keeps its rows and their origin over the next write', async () => {
    const { series, file } = await store();
    rewrite(file);
    expect(listRows(await series.read())).toEqual(listRows(BARS));
    const report = await series.put(MORE, { ...PROVENANCE, provider: 'later' });
    expect(report).toMatchObject({ added: 1, repaired: [expect.stringMatching(/5 sound blocks were kept/)] });
    expect(listRows(await series.read())).toEqual([...listRows(BARS), ...listRows(MORE)]);
    expect((await series.verify()).damaged).toEqual([]);
    const rows = [31, 29, 31, 30, 29].map((count) => ['test', count]);
    expect(await sources(series)).toEqual([...rows, ['later', 1]]);
  });

  it('and edited keeps what it says now; who the edited month came from, nobody knows', async () => {
    const { series, file } = await store();
    rewrite(file, (text) => text.replace(/(2024-02-10T00:00:00Z),[^,]*/, '$1,77'));
    const now = listRows(await series.read());
    expect(now[40]?.[1]).toBe(77);
    await series.put(MORE, PROVENANCE);
    expect(listRows(await series.read())).toEqual([...now, ...listRows(MORE)]);
    expect((await sources(series))?.slice(0, 3)).toEqual([
      ['test', 31],
      ['unknown', 29],
      ['test', 31],
    ]);
  });

  it('with a column more keeps it', async () => {
    const { series, file } = await store();
    const wider = (line: string, i: number): string => `${line},${i === 0 ? 'mine' : i}\n`;
    rewrite(file, (text) => text.trimEnd().split('\n').map(wider).join(''));
    const now = await series.read();
    expect(now.columns).toContain('mine');
    await series.put(MORE, PROVENANCE);
    const after = await series.read({ columns: now.columns });
    expect(listRows(pickRows(after, [...now.time.keys()]))).toEqual(listRows(now));
  });

  it('of another series, copied over this one, is not taken for its rows', async () => {
    const { cache, series, file } = await store();
    const other = await store('B', cache, barsAt([...BARS.time], BARS.columns, 1));
    writeFileSync(file, readFileSync(other.file));
    rewrite(file);
    await series.put(MORE, PROVENANCE);
    expect(listRows(await series.read())).toEqual(listRows(MORE));
    const [id] = readdirSync(path.join(cache, '_almanac/quarantine'));
    expect(readdirSync(path.join(cache, '_almanac/quarantine', id as string))).toContain('2024.csv.gz');
  });
});
