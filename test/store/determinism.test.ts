import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Bars, OHLCV } from '../../src/market/bars.js';
import { blockPeriod, blockSpan, periodRange } from '../../src/market/block.js';
import { closeOf, type Timeframe } from '../../src/market/timeframe.js';
import type { PutProvenance, Series } from '../../src/store/face.js';
import { openStore } from '../../src/store/open-store.js';
import { barsAt, listRows, makeBars, PROVENANCE, pickRows, valueAt } from '../support/make-bars.js';
import { listTree, temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
const freshSeries = (timeframe: Timeframe): { readonly folder: string; readonly series: Series } => {
  const cache = mkdtempSync(path.join(root, 'case-'));
  return { folder: path.join(cache, 'A', timeframe), series: openStore(cache).series('A', timeframe) };
};

function dataFiles(folder: string): Record<string, string> {
  const names = listTree(folder).filter((name) => /^\d{4}\.csv\.gz$/.test(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(folder, name)).toString('hex')]));
}

/** What a write must not have touched: every file but the lock, as the disk knows it. */
function inodes(folder: string): Record<string, unknown> {
  const names = listTree(folder).filter((name) => name !== '.lock');
  return Object.fromEntries(
    names.map((name) => {
      const { ino, mtimeMs, size } = statSync(path.join(folder, name));
      return [name, { ino, mtimeMs, size }];
    }),
  );
}

/** Any order, any partition, any overlap: each row lies in at least one chunk. */
const partition = (rows: number): fc.Arbitrary<number[][]> =>
  fc
    .tuple(
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: rows, maxLength: rows }),
      fc.array(fc.tuple(fc.nat(rows - 1), fc.nat(4)), { maxLength: rows }),
      fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
    )
    .map(([chunkOf, extra, order]) => {
      const chunks = order.map((chunk) => chunkOf.flatMap((c, row) => (c === chunk ? [row] : [])));
      for (const [row, chunk] of extra) if (!chunks[chunk]?.includes(row)) chunks[chunk]?.push(row);
      return chunks.map((chunk) => chunk.sort((a, b) => a - b)).filter((chunk) => chunk.length > 0);
    });

const samples: [Timeframe, Bars][] = [
  ['1d', makeBars('1d', Date.UTC(2023, 11, 20), 50)],
  ['1h', makeBars('1h', Date.UTC(2024, 0, 31, 12), 30)],
  ['1w', makeBars('1w', Date.UTC(2023, 10, 1), 20)],
  ['1mo', makeBars('1mo', Date.UTC(2023, 0, 1), 30)],
  ['1s', makeBars('1s', Date.UTC(2023, 11, 31, 23, 59, 45), 30)],
  [
    'ticks',
    barsAt(
      Array.from({ length: 30 }, (_, i) => Date.UTC(2024, 1, 28, 20) + i * i * 123_457),
      ['price', 'size'],
    ),
  ],
];

describe('the same bars', () => {
  it.each(samples)('of %s in any order and partition give the same bytes', async (timeframe, bars) => {
    const whole = freshSeries(timeframe);
    await whole.series.put(bars, PROVENANCE);
    const truth = dataFiles(whole.folder);
    await fc.assert(
      fc.asyncProperty(partition(bars.time.length), async (chunks) => {
        const { folder, series } = freshSeries(timeframe);
        for (const chunk of chunks) await series.put(pickRows(bars, chunk), PROVENANCE);
        expect(dataFiles(folder)).toEqual(truth);
        expect(listRows(await series.read())).toEqual(listRows(bars));
      }),
      { numRuns: 10 },
    );
  });

  it.each(samples)('of %s put twice change nothing on the disk', async (timeframe, bars) => {
    const { folder, series } = freshSeries(timeframe);
    await series.put(bars, PROVENANCE);
    const before = inodes(folder);
    const again = await series.put(bars, { ...PROVENANCE, provider: 'another' }, { winner: 'incoming' });
    expect(again).toEqual({ added: 0, replaced: 0, conflicts: 0, removed: 0, years: [], repaired: [] });
    expect(inodes(folder)).toEqual(before);
  });

  it('with odd values among them are still no change', async () => {
    const { folder, series } = freshSeries('1d');
    const odd = {
      time: Float64Array.of(0, 86_400_000, 172_800_000),
      columns: ['x', 'y'],
      values: [Float64Array.of(-0, Number.NaN, 5e-324), Float64Array.of(1e21, -1e-7, 0)],
    };
    await series.put(odd, PROVENANCE);
    const before = inodes(folder);
    expect(await series.put(odd, PROVENANCE, { winner: 'incoming' })).toMatchObject({
      conflicts: 0,
      replaced: 0,
      years: [],
    });
    expect(inodes(folder)).toEqual(before);
  });
});

describe('a merge', () => {
  const old = makeBars('1d', Date.UTC(2024, 0, 29), 6);
  const other = barsAt(Array.from(old.time.subarray(2)).concat(Date.UTC(2024, 1, 4), Date.UTC(2024, 1, 5)), OHLCV, 1);

  it.each(['existing', 'incoming'] as const)('of rows that differ goes to the %s, and counts them', async (winner) => {
    const { series } = freshSeries('1d');
    await series.put(old, PROVENANCE);
    const report = await series.put(other, { ...PROVENANCE, provider: 'other' }, { winner });
    expect(report).toMatchObject({
      added: 2,
      conflicts: 4,
      replaced: winner === 'incoming' ? 4 : 0,
      removed: 0,
      years: [2024],
    });
    const close = (await series.read({ columns: ['close'] })).values[0] as Float64Array;
    const salt = winner === 'incoming' ? 1 : 0;
    const times = (await series.read()).time;
    expect(Array.from(close)).toEqual(Array.from(times, (t, i) => valueAt(t, 3, i >= 6 ? 1 : i >= 2 ? salt : 0)));
  });

  it('that would lose rows is refused, and nothing changes, unless it is allowed by name', async () => {
    const { folder, series } = freshSeries('1d');
    await series.put(old, PROVENANCE);
    const before = inodes(folder);
    const replace = { start: Date.UTC(2024, 0, 1), end: Date.UTC(2024, 1, 1) };
    const single = pickRows(old, [0]);
    await expect(series.put(single, PROVENANCE, { replace })).rejects.toMatchObject({ code: 'SHRINK_REFUSED' });
    expect(inodes(folder)).toEqual(before);
    expect(await series.put(single, PROVENANCE, { replace, allowShrink: true })).toMatchObject({
      removed: 2,
      added: 0,
      years: [2024],
    });
    expect(Array.from((await series.read()).time)).toEqual([old.time[0], old.time[3], old.time[4], old.time[5]]);
    await assertProvenance(series, '1d');
  });

  it('may empty a block and a year, and fill them again', async () => {
    const { folder, series } = freshSeries('1d');
    await series.put(old, PROVENANCE);
    const truth = dataFiles(folder);
    const replace = { start: Date.UTC(2023, 5, 1), end: Date.UTC(2025, 0, 1) };
    expect(await series.put(pickRows(old, []), PROVENANCE, { replace, allowShrink: true })).toMatchObject({
      removed: 6,
    });
    expect(listRows(await series.read())).toEqual([]);
    expect((await series.verify()).damaged).toEqual([]);
    await series.put(old, PROVENANCE);
    expect(dataFiles(folder)).toEqual(truth);
  });

  it('with a new column widens the year; older rows have it absent, and may be filled later', async () => {
    const { folder, series } = freshSeries('1d');
    await series.put(makeBars('1d', Date.UTC(2024, 0, 30), 2), PROVENANCE);
    const extra = makeBars('1d', Date.UTC(2024, 1, 10), 2, [...OHLCV, 'trades', 'adjusted']);
    expect(await series.put(extra, PROVENANCE)).toMatchObject({ added: 2, conflicts: 0 });
    const bars = await series.read();
    expect(bars.columns).toEqual([...OHLCV, 'adjusted', 'trades']);
    expect(Array.from(bars.values[5] as Float64Array)).toEqual([
      Number.NaN,
      Number.NaN,
      valueAt(extra.time[0] as number, 6),
      valueAt(extra.time[1] as number, 6),
    ]);
    expect(Array.from(bars.values[4] as Float64Array)).toEqual(Array.from(bars.time, (t) => valueAt(t, 4)));
    const reversed = freshSeries('1d');
    await reversed.series.put(extra, PROVENANCE);
    await reversed.series.put(makeBars('1d', Date.UTC(2024, 0, 30), 2), PROVENANCE);
    expect(dataFiles(reversed.folder)).toEqual(dataFiles(folder));
    expect((await series.verify()).damaged).toEqual([]);
    await assertProvenance(series, '1d');
  });

  it('keeps what is explained, once, and in every year it speaks of', async () => {
    const { folder, series } = freshSeries('1d');
    await series.put(makeBars('1d', Date.UTC(2023, 11, 1), 60), PROVENANCE);
    const gap = {
      from: '2023-12-30T00:00:00Z',
      to: '2024-01-02T00:00:00Z',
      reason: 'confirmed-empty',
      providers: ['test'],
      checkedAt: '2024-06-01T00:00:00Z',
    };
    const none = makeBars('1d', 0, 0);
    expect(await series.put(none, PROVENANCE, { explained: [gap] })).toMatchObject({ years: [2023, 2024] });
    const before = inodes(folder);
    expect(await series.put(none, PROVENANCE, { explained: [gap] })).toMatchObject({ years: [] });
    expect(inodes(folder)).toEqual(before);
    await series.put(makeBars('1d', Date.UTC(2024, 5, 1), 3), PROVENANCE);
    expect((await series.years()).map((year) => year.sidecar?.explained)).toEqual([[gap], [gap]]);
    expect((await series.coverage({ start: Date.UTC(2024, 0, 1), end: Date.UTC(2024, 0, 2) })).explained).toEqual([
      gap,
    ]);
  });
});

describe('provenance', () => {
  it.each(samples)('of %s covers every row once, whoever put what', async (timeframe, bars) => {
    const providers = ['binance', 'kraken', 'yahoo'];
    const put = fc.record({
      rows: fc.uniqueArray(fc.nat(bars.time.length - 1), { minLength: 1 }),
      provider: fc.constantFrom(...providers),
      salt: fc.nat(2),
      winner: fc.constantFrom('existing', 'incoming'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(put, { minLength: 1, maxLength: 6 }), async (puts) => {
        const { series } = freshSeries(timeframe);
        const owner = new Map<number, { provider: string; salt: number }>();
        for (const { rows, provider, salt, winner } of puts) {
          const times = rows.map((row) => bars.time[row] as number).sort((a, b) => a - b);
          const report = await series.put(
            barsAt(times, bars.columns, salt),
            { ...PROVENANCE, provider } as PutProvenance,
            { winner },
          );
          const had = times.filter((time) => owner.has(time));
          expect(report.added).toBe(times.length - had.length);
          const differ = had.filter((time) => owner.get(time)?.salt !== salt);
          expect(report.conflicts).toBe(differ.length);
          for (const time of times)
            if (!owner.has(time) || (winner === 'incoming' && differ.includes(time)))
              owner.set(time, { provider, salt });
        }
        expect(await assertProvenance(series, timeframe)).toEqual(
          [...owner].sort(([a], [b]) => a - b).map(([time, { provider }]) => [time, provider]),
        );
        const read = await series.read();
        expect(listRows(read)).toEqual(
          listRows({
            ...read,
            values: read.values.map((_, c) => read.time.map((time) => valueAt(time, c, owner.get(time)?.salt))),
          }),
        );
      }),
      { numRuns: 10 },
    );
  });

  it('of bars off the grid still gives each row to one provider', async () => {
    const { series } = freshSeries('1d');
    const at = (day: number, hour: number): number => Date.UTC(2024, 0, day, hour);
    await series.put(barsAt([at(1, 20), at(3, 20)]), { ...PROVENANCE, provider: 'a' });
    await series.put(barsAt([at(2, 10), at(4, 10)]), { ...PROVENANCE, provider: 'b' });
    await series.put(barsAt([at(9, 0)]), { ...PROVENANCE, provider: 'c' });
    expect((await assertProvenance(series, '1d')).map(([, provider]) => provider)).toEqual(['a', 'b', 'a', 'b', 'c']);
  });
});

/** Holds a series' ranges against its rows; gives each row's provider. */
async function assertProvenance(series: Series, timeframe: Timeframe): Promise<[number, string][]> {
  const owned: [number, string][] = [];
  const { time } = await series.read();
  for (const { year, sidecar } of await series.years()) {
    const ranges = (sidecar?.provenance ?? []).map((range) => ({
      ...range,
      start: Date.parse(range.from),
      end: Date.parse(range.to),
    }));
    expect(ranges.reduce((sum, range) => sum + range.rows, 0)).toBe(sidecar?.rows);
    for (const [i, range] of ranges.entries()) {
      const inside = time.filter((at) => at >= range.start && at < range.end);
      expect(inside.length).toBe(range.rows);
      expect(inside[0]).toBe(range.start);
      expect(range.end).toBeLessThanOrEqual(closeOf(timeframe, inside.at(-1) as number));
      if (i > 0) expect(range.start).toBeGreaterThanOrEqual(ranges[i - 1]?.end as number);
      const block = periodRange(blockPeriod(blockSpan(timeframe), range.start));
      expect((inside.at(-1) as number) < block.end).toBe(true);
      for (const at of inside) {
        expect(new Date(at).getUTCFullYear()).toBe(year);
        owned.push([at, range.provider]);
      }
    }
  }
  expect(owned.map(([at]) => at)).toEqual(Array.from(time));
  return owned;
}
