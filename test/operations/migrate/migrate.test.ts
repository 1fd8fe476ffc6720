import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadReaders } from '../../../src/operations/migrate/load-readers.js';
import { isLoss } from '../../../src/operations/migrate/source.js';
import { openStore } from '../../../src/store/open-store.js';
import { hashYears } from '../../support/file-hashes.js';
import { listRows, PROVENANCE } from '../../support/make-bars.js';
import { listTree, temporaryFolder } from '../../support/temp-folder.js';
import { rowsFrom, runMigrate, writeOld } from './migrate-world.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const base = temporaryFolder();
let count = 0;

function newFolders(): { readonly from: string; readonly cache: string } {
  const root = path.join(base, `${count++}`);
  return { from: path.join(root, 'old'), cache: path.join(root, 'market') };
}

/** Every file with its bytes and its time. */
function snapshot(folder: string): Record<string, string> {
  const files = listTree(folder).filter((name) => statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(
    files.map((name) => {
      const file = path.join(folder, name);
      return [name, `${statSync(file).mtimeMs} ${readFileSync(file, 'base64')}`];
    }),
  );
}

const of = (symbol: string) => ({ symbol, timeframe: '1h' as const });

describe('what is copied', () => {
  it('many daily files become one commit a year, to the last bit, and the source is as it was', async () => {
    const { from, cache } = newFolders();
    const all: number[][] = [];
    for (let day = 0; day < 40; day++) {
      const start = new Date(Date.parse('2023-12-12T00:00:00Z') + day * DAY).toISOString();
      const rows = rowsFrom(start, 24, HOUR, day / 3);
      all.push(...rows);
      writeOld(from, `BTCUSDT/1h/${start.slice(0, 10)}.bars`, { ...of('BTCUSDT'), rows });
    }
    const before = snapshot(from);
    const report = await runMigrate(from, cache);
    expect(snapshot(from)).toEqual(before);
    const series = openStore(cache).series('BTCUSDT', '1h');
    expect(listRows(await series.read())).toEqual(all);
    const years = await series.years();
    expect(years.map(({ year, sidecar }) => [year, sidecar?.generation])).toEqual([
      [2023, 1],
      [2024, 1],
    ]);
    expect(years[0]?.sidecar?.provenance[0]).toMatchObject({
      provider: 'binance',
      via: 'migrate',
      fetchedAt: '2025-05-01T00:00:00Z',
    });
    expect(report.series[0]).toMatchObject({ added: 960, conflicts: 0 });
    expect(report.series[0]?.files.every(({ state }) => state === 'proved')).toBe(true);
  });

  it('a second run puts nothing and changes no byte', async () => {
    const { from, cache } = newFolders();
    writeOld(from, 'a.bars', { ...of('BTCUSDT'), rows: rowsFrom('2024-01-01T00:00:00Z', 100, HOUR) });
    writeOld(from, 'b.bars', { ...of('ETHUSDT'), rows: rowsFrom('2024-01-01T00:00:00Z', 100, HOUR) });
    await runMigrate(from, cache);
    const before = snapshot(cache);
    const report = await runMigrate(from, cache);
    expect(snapshot(cache)).toEqual(before);
    expect(report.series.flatMap(({ files }) => files.map(({ state }) => state))).toEqual(['already', 'already']);
  });

  it('a dry run tells the same numbers and creates nothing', async () => {
    const { from, cache } = newFolders();
    writeOld(from, 'a.bars', { ...of('BTCUSDT'), rows: rowsFrom('2024-01-01T00:00:00Z', 100, HOUR) });
    writeOld(from, 'b.bars', { ...of('BTCUSDT'), rows: rowsFrom('2024-01-03T00:00:00Z', 100, HOUR, 1) }, '2025-01-01');
    const planned = await runMigrate(from, cache, { dryRun: true });
    expect(existsSync(cache)).toBe(false);
    const { added, conflicts } = (await runMigrate(from, cache)).series[0] ?? {};
    expect(planned.series[0]).toMatchObject({ added, conflicts });
    expect(conflicts).toBe(52);
  });

  it('what was removed from the cache since is copied again', async () => {
    const { from, cache } = newFolders();
    writeOld(from, 'a.bars', { ...of('BTCUSDT'), rows: rowsFrom('2024-01-01T00:00:00Z', 10, HOUR) });
    await runMigrate(from, cache);
    const range = { start: Date.parse('2024-01-01T00:00:00Z'), end: Date.parse('2024-01-01T05:00:00Z') };
    const series = openStore(cache).series('BTCUSDT', '1h');
    await series.put(await series.read({ start: range.end }), PROVENANCE, { replace: range, allowShrink: true });
    const report = await runMigrate(from, cache);
    expect(report.series[0]?.added).toBe(5);
  });

  it('time cut into many small windows gives the same files', async () => {
    const { from, cache } = newFolders();
    const rows = rowsFrom('2023-01-01T00:00:00Z', 24 * 500, HOUR);
    writeOld(from, 'a.bars', { ...of('BTCUSDT'), rows: rows.slice(0, 8000) });
    writeOld(from, 'b.bars', { ...of('BTCUSDT'), rows: rows.slice(7000) });
    await runMigrate(from, cache);
    const other = `${cache}-windows`;
    await runMigrate(from, other, { mostCells: 10_000 });
    expect(hashYears(other)).toEqual(hashYears(cache));
    expect(listRows(await openStore(cache).series('BTCUSDT', '1h').read())).toEqual(rows);
  });
});

describe('who wins', () => {
  it('the newest file wins a row, what is in the cache stays, and each conflict is counted', async () => {
    const { from, cache } = newFolders();
    const start = '2024-01-01T00:00:00Z';
    const own = rowsFrom(start, 2, HOUR, 9);
    const bars = {
      time: Float64Array.from(own, ([time]) => time as number),
      columns: ['open', 'high', 'low', 'close', 'volume'],
      values: [1, 2, 3, 4, 5].map((c) => Float64Array.from(own, (row) => row[c] as number)),
    };
    await openStore(cache).series('BTCUSDT', '1h').put(bars, PROVENANCE);
    writeOld(from, 'z-old.bars', { ...of('BTCUSDT'), rows: rowsFrom(start, 6, HOUR, 1) }, '2024-02-01T00:00:00Z');
    writeOld(from, 'a-new.bars', { ...of('BTCUSDT'), rows: rowsFrom(start, 4, HOUR, 2) }, '2024-03-01T00:00:00Z');
    const report = await runMigrate(from, cache);
    const opens = listRows(await openStore(cache).series('BTCUSDT', '1h').read()).map((row) => row[1] as number);
    expect(opens.map((open) => Math.floor(open - 100))).toEqual([9, 9, 2, 2, 1, 1]);
    // Four between the files, two more against the cache.
    expect(report.series[0]).toMatchObject({ added: 4, conflicts: 6 });
    expect(report.series[0]?.clashes[0]).toMatchObject({
      ...{ time: Date.parse(start), column: 'open', keptFrom: 'a-new.bars', lostFrom: 'z-old.bars' },
      ...{ kept: 102, lost: 101 },
    });
  });

  it('of two rows for one time in one file the later stands, wherever they are, and each that differs is counted', async () => {
    const rows = rowsFrom('2023-12-30T00:00:00Z', 96, HOUR);
    const other = (row: number, salt: number) =>
      (rows[row] as number[]).map((cell, c) => (c === 0 ? cell : cell + salt));
    const faulty = [...other(7, 3).slice(0, 2), Number.NaN];
    // The days come in another order, one row three times, one again as it was, and one again with no price.
    const all = [...rows.slice(48), ...rows.slice(0, 48), other(5, 1), other(60, 1), other(5, 2), rows[6], faulty];
    for (const [batch, mostCells] of [
      [1000, undefined],
      [7, undefined],
      [7, 100],
    ] as const) {
      const { from, cache } = newFolders();
      writeOld(from, 'a.bars', { ...of('BTCUSDT'), rows: all as number[][], batch });
      const ran = mostCells === undefined ? {} : { mostCells };
      const planned = await runMigrate(from, cache, { ...ran, dryRun: true });
      const { series } = await runMigrate(from, cache, ran);
      const truth = rows.map((row, at) => (at === 5 ? other(5, 2) : at === 60 ? other(60, 1) : row));
      expect(listRows(await openStore(cache).series('BTCUSDT', '1h').read())).toEqual(truth);
      for (const { conflicts, files, clashes } of [planned.series[0], series[0]].filter((each) => each !== undefined)) {
        expect({ conflicts, rows: files[0]?.survey.rows, admitted: files[0]?.survey.admitted }).toEqual({
          ...{ conflicts: 3, rows: 101, admitted: 96 },
        });
        expect(Object.fromEntries(files[0]?.survey.refused ?? [])).toEqual({ duplicate: 1, 'no-prices': 1 });
        expect(clashes).toHaveLength(3);
        expect(clashes).toContainEqual({
          ...{ time: rows[60]?.[0], column: 'open', keptFrom: 'a.bars', lostFrom: 'a.bars' },
          ...{ kept: other(60, 1)[1], lost: rows[60]?.[1] },
        });
      }
      expect(series[0]?.files[0]?.state).toBe('proved');
      expect((await runMigrate(from, cache, ran)).series[0]).toMatchObject({ files: [{ state: 'already' }], added: 0 });
    }
  });

  it('providers keep their names: each row says whose it is', async () => {
    const { from, cache } = newFolders();
    writeOld(from, 'y.bars', { ...of('AAPL'), provider: 'yahoo', rows: rowsFrom('2024-01-02T15:00:00Z', 3, HOUR) });
    writeOld(from, 'a.bars', { ...of('AAPL'), provider: 'alpaca', rows: rowsFrom('2024-01-02T18:00:00Z', 2, HOUR) });
    await runMigrate(from, cache);
    const [year] = await openStore(cache).series('AAPL', '1h').years();
    expect(year?.sidecar?.provenance.map(({ provider, rows }) => [provider, rows])).toEqual([
      ['yahoo', 3],
      ['alpaca', 2],
    ]);
  });
});

describe('what is refused', () => {
  it('is named with its reason, and the rest is taken', async () => {
    const { from, cache } = newFolders();
    const rows = rowsFrom('2024-01-01T00:00:00Z', 24, HOUR);
    const far = rows.map(([time, ...rest]) => [(time as number) * 1000, ...rest]);
    writeOld(from, 'good.bars', { ...of('BTCUSDT'), rows });
    writeOld(from, 'far.bars', { ...of('BTCUSDT'), rows: far });
    writeOld(from, 'mock.bars', { ...of('BTCUSDT'), provider: 'mock', rows });
    writeOld(from, 'broken.bars', { ...of('BTCUSDT'), rows, broken: true });
    writeOld(from, 'daily.bars', { ...of('BTCUSDT'), rows: rowsFrom('2024-01-01T00:00:00Z', 24, DAY) });
    writeOld(from, 'shifted.bars', { ...of('BTCUSDT'), rows: rowsFrom('2024-01-01T00:07:00Z', 24, HOUR) });
    writeOld(from, 'none.bars', { ...of('BTCUSDT'), rows: [] });
    writeOld(from, 'odd.bars', { symbol: ' X', timeframe: '1h', rows });
    writeOld(from, 'letter.txt', 'Dear friend');
    const { refused, foreign, series } = await runMigrate(from, cache);
    expect(refused.map(({ path, code }) => [path, code])).toEqual([
      ['broken.bars', 'UNREADABLE'],
      ['daily.bars', 'MISLABELLED'],
      ['far.bars', 'TIMES_IMPOSSIBLE'],
      ['mock.bars', 'SYNTHETIC'],
      ['none.bars', 'EMPTY'],
      ['odd.bars', 'NO_SYMBOL'],
      ['shifted.bars', 'MISLABELLED'],
    ]);
    expect(foreign).toEqual(['letter.txt']);
    expect(series.map(({ added }) => added)).toEqual([24]);
  });

  it('a row that cannot be a bar is counted in the sidecar, once, with its reason', async () => {
    const { from, cache } = newFolders();
    const rows = rowsFrom('2024-01-01T00:00:00Z', 24, HOUR);
    (rows[3] as number[])[2] = 1;
    (rows[4] as number[])[1] = Number.NaN;
    writeOld(from, 'a.bars', { ...of('BTCUSDT'), rows: [...rows, rows[0] as number[]], batch: 5 });
    const { series } = await runMigrate(from, cache);
    expect([...(series[0]?.files[0]?.survey.refused ?? [])].sort()).toEqual([
      ['duplicate', 1],
      ['high-low', 1],
      ['no-prices', 1],
    ]);
    const [year] = await openStore(cache).series('BTCUSDT', '1h').years();
    expect(year?.sidecar?.rejected).toEqual([
      { reason: 'high-low', count: 1 },
      { reason: 'no-prices', count: 1 },
    ]);
  });

  it('a row whose line is cut is left out and counted, whatever its last number may have been', async () => {
    const { from, cache } = newFolders();
    const lines = rowsFrom('2024-01-01T00:00:00Z', 24, HOUR).map((row) => row.join(','));
    const text = ['timestamp,open,high,low,close,volume', ...lines].join('\n');
    writeOld(from, 'BTCUSDT/1h/2024.csv.gz', text.slice(0, -3));
    const readers = await loadReaders();
    const planned = await runMigrate(from, cache, { readers, dryRun: true });
    const { series } = await runMigrate(from, cache, { readers });
    for (const each of [...planned.series, ...series])
      expect(each.files[0]?.survey).toMatchObject({ rows: 24, admitted: 23, refused: new Map([['cut', 1]]) });
    const stored = openStore(cache).series('BTCUSDT', '1h');
    expect((await stored.read()).time).toHaveLength(23);
    expect((await stored.years())[0]?.sidecar?.rejected).toEqual([{ reason: 'cut', count: 1 }]);
    expect((await runMigrate(from, cache, { readers })).series[0]?.files[0]).toMatchObject({
      ...{ state: 'already', survey: { refused: new Map([['cut', 1]]) } },
    });
  });

  it('the candle that was open when its file was written is not taken for a bar', async () => {
    const { from, cache } = newFolders();
    const rows = rowsFrom('2024-01-01T00:00:00Z', 10, HOUR);
    writeOld(from, 'a.bars', { ...of('BTCUSDT'), rows }, '2024-01-01T09:30:00Z');
    // This one's clock says nothing: rows of it are later than the file itself.
    writeOld(from, 'b.bars', { ...of('ETHUSDT'), rows }, '2024-01-01T04:30:00Z');
    const { series } = await runMigrate(from, cache);
    expect(series.map(({ symbol, added }) => [symbol, added])).toEqual([
      ['BTCUSDT', 9],
      ['ETHUSDT', 10],
    ]);
  });

  it('links are named, and nothing is taken through them; a folder of links is one in which nothing is known', async () => {
    const { from, cache } = newFolders();
    writeOld(from, 'a.bars', { ...of('BTCUSDT'), rows: rowsFrom('2024-01-01T00:00:00Z', 24, HOUR) });
    symlinkSync('a.bars', path.join(from, 'b.bars'));
    symlinkSync('nowhere', path.join(from, 'dead'));
    symlinkSync('..', path.join(from, 'up'));
    const { refused, foreign, series } = await runMigrate(from, cache);
    expect(refused.map((each) => [each.path, each.code, isLoss(each)])).toEqual([
      ['b.bars', 'LINK', false],
      ['dead', 'LINK', false],
      ['up', 'LINK', false],
    ]);
    expect([foreign, series.map(({ files }) => files.length)]).toEqual([[], [1]]);
    const links = newFolders();
    mkdirSync(links.from, { recursive: true });
    symlinkSync(from, path.join(links.from, 'link'));
    await expect(runMigrate(links.from, links.cache)).rejects.toMatchObject({
      ...{ code: 'USAGE', suggestions: [expect.stringContaining('links'), expect.anything()] },
    });
  });

  it('a folder in which nothing is known is an error that says so', async () => {
    const { from, cache } = newFolders();
    writeOld(from, 'letter.txt', 'Dear friend');
    await expect(runMigrate(from, cache)).rejects.toMatchObject({ code: 'USAGE' });
  });
});
