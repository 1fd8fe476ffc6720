import { expect, test } from '@jest/globals';
import { selectColumns } from '../../../src/market/bars.js';
import { derivMonthFiles } from '../../support/legacy/deriv-months.js';
import { memoryTree } from '../../support/legacy/memory-tree.js';
import type { OldFile } from '../../support/legacy/old-file.js';
import { readTree } from '../../support/legacy/read-tree.js';
import { barsAt, listRows, makeBars } from '../../support/make-bars.js';

const candles = makeBars('1h', Date.UTC(2025, 10, 1), 24 * 61, ['open', 'high', 'low', 'close']);
const ticks = barsAt(
  Array.from({ length: 5000 }, (_, row) => Date.UTC(2025, 11, 31, 22) + row * 2000),
  ['price'],
);

test('ticks and candles, the next month’s first row in two files, the volume of zeros left out', async () => {
  const volumed = { ...candles, columns: [...candles.columns, 'volume'], values: [...candles.values, candles.time] };
  const { rows, columns, claims, refused, foreign } = await readTree(
    memoryTree([
      ...derivMonthFiles(volumed, { symbol: 'R_100', seconds: 3600, filler: true, checksum: true }),
      ...derivMonthFiles(ticks, { symbol: '1HZ100V' }),
    ]),
  );
  expect([refused, foreign]).toEqual([[], []]);
  expect(rows).toEqual({
    '1HZ100V ticks': listRows(ticks),
    'R_100 1h': listRows(selectColumns(candles, ['open', 'high', 'low', 'close'])),
  });
  expect(columns).toEqual({ '1HZ100V ticks': ['price'], 'R_100 1h': ['open', 'high', 'low', 'close'] });
  const [first, , november] = claims;
  expect(first).toMatchObject({ provider: 'deriv', layout: 'deriv-months', sha256: undefined, confidence: 1 });
  expect(first?.notes.join()).toContain('it begins at 2025-12-31T22:00:00Z');
  expect(november?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(november?.companions).toEqual(['R_100/candles_3600/2025-11.metadata.json']);
  expect(november?.notes).toEqual([
    '1 of its rows lie outside the month in its name',
    'its volume is a filler and is left out',
  ]);
});

test('a file that is not the one its sidecar was written for is told, and read', async () => {
  const files = derivMonthFiles(candles, { symbol: 'frxEURUSD', seconds: 3600, checksum: true });
  const other = derivMonthFiles(makeBars('1h', Date.UTC(2025, 10, 3), 5), { symbol: 'frxEURUSD', seconds: 3600 });
  const mixed = [other[0] as OldFile, ...files.slice(1)];
  const { claims } = await readTree(memoryTree(mixed));
  expect(claims.map(({ confidence, sha256 }) => [confidence, sha256 === undefined])).toEqual([
    [0.7, true],
    [1, false],
  ]);
  expect(claims[0]?.notes.join()).toContain('another sha256');
});

test('a free name is known by its sidecar; a granularity nobody keeps is refused', async () => {
  const [data, sidecar] = derivMonthFiles(ticks, { symbol: 'cryBTCUSD' }) as [OldFile, OldFile];
  const free = [
    { ...data, path: 'mine.parquet' },
    { ...sidecar, path: 'mine.metadata.json' },
  ];
  expect((await readTree(memoryTree(free))).claims).toEqual([
    expect.objectContaining({ symbol: 'cryBTCUSD', timeframe: 'ticks' }),
  ]);
  const odd = derivMonthFiles(candles, { symbol: 'R_50', seconds: 2700 });
  expect((await readTree(memoryTree(odd))).refused.map(({ code }) => code)).toEqual(['UNSURE', 'UNSURE']);
});
