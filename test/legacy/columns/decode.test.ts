import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openColumns } from '../../../src/legacy/columns/open-columns.js';
import type { Bars } from '../../../src/market/bars.js';
import { arrowBytes } from '../../support/legacy/arrow-bytes.js';
import { memoryTree } from '../../support/legacy/memory-tree.js';
import { parquetBytes } from '../../support/legacy/parquet-bytes.js';
import { PYTHON_FILES, pythonBars } from '../../support/legacy/python-files.js';
import { makeBars } from '../../support/make-bars.js';

const truth = makeBars('1m', Date.UTC(2024, 0, 1), 3000);

async function decode(bytes: Uint8Array, time = 'open_time', watch?: (offset: number, length: number) => void) {
  const file = await memoryTree([{ path: 'x', bytes }]).open('x');
  const read = (offset: number, length: number) => {
    watch?.(offset, length);
    return file.read(offset, length);
  };
  const columns = await openColumns({ ...file, read });
  const parts: (readonly Float64Array[])[] = [];
  for await (const batch of columns.batches([time, ...truth.columns])) parts.push(batch);
  const all = [time, ...truth.columns].map((_, at) => parts.flatMap((part) => [...(part[at] as Float64Array)]));
  return { fields: columns.fields, all, batches: parts.length };
}

const listed = (bars: Bars): number[][] => [[...bars.time], ...bars.values.map((values) => [...values])];

describe('Arrow', () => {
  test.each(['s', 'ms', 'us', 'ns'] as const)(
    'times in %s, with a zone, without one, and as plain integers',
    async (unit) => {
      for (const [zone, kind] of [
        ['UTC', 'instant'],
        [null, 'wall'],
      ] as const) {
        const { all, fields } = await decode(arrowBytes(truth, { unit, zone }));
        expect(all).toEqual(listed(truth));
        expect(fields[0]).toEqual({ name: 'open_time', kind });
      }
      const { all, fields } = await decode(arrowBytes(truth, { unit, epoch: true }));
      expect(fields[0]?.kind).toBe('integer');
      expect(all.slice(1)).toEqual(listed(truth).slice(1));
    },
  );

  test('packed with LZ4, strings that hold numbers, nulls', async () => {
    const holed = {
      ...truth,
      values: truth.values.map((value) => value.map((at, row) => (row % 7 === 3 ? Number.NaN : at))),
    };
    expect((await decode(arrowBytes(holed, { packed: true }))).all).toEqual(listed(holed));
    expect((await decode(arrowBytes(truth, { text: ['open', 'volume'] }))).all).toEqual(listed(truth));
  });

  test('times before 1970, and below a millisecond, rounded down', async () => {
    const early = { ...truth, time: truth.time.map((at) => at - Date.UTC(2040, 0, 1)) };
    expect((await decode(arrowBytes(early, { unit: 'ns' }))).all[0]).toEqual([...early.time]);
  });
});

describe('Parquet', () => {
  test.each(['ms', 'us', 'ns'] as const)('times in %s, with a zone and without one', async (unit) => {
    expect((await decode(parquetBytes(truth, { unit }))).all).toEqual(listed(truth));
    const { all, fields } = await decode(parquetBytes(truth, { unit, naive: true }));
    expect(all).toEqual(listed(truth));
    expect(fields[0]?.kind).toBe('wall');
  });

  test('a row group at a time, and of a file only what is asked for', async () => {
    const long = makeBars('1m', Date.UTC(2024, 0, 1), 20_000);
    const wide = { ...long, columns: [...long.columns, 'mood'], values: [...long.values, long.time.map(Math.sin)] };
    const bytes = parquetBytes(wide, { rowGroupSize: 4000 });
    let most = 0;
    let sum = 0;
    const { all, batches } = await decode(bytes, 'open_time', (_, length) => {
      most = Math.max(most, length);
      sum += length;
    });
    expect(all).toEqual(listed(long));
    expect(batches).toBe(5);
    expect(most).toBeLessThan(bytes.length / 5);
    expect(sum).toBeLessThan(bytes.length);
  });

  test('every codec DuckDB writes', async () => {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const folder = mkdtempSync(path.join(tmpdir(), 'almanac-duckdb-'));
    const duckdb = await DuckDBInstance.create();
    const connection = await duckdb.connect();
    try {
      await connection.run(`CREATE TABLE bars AS SELECT make_timestamptz(1704067200000000 + i * 60000000) AS open_time,
        CAST(42000 AS DOUBLE) * 97 / 97 + CAST(i AS DOUBLE) / 97 AS open, CAST(i AS DOUBLE) / 7 AS high,
        CAST(i AS DOUBLE) / 11 AS low, CAST(i AS DOUBLE) / 13 AS close, CAST(i AS DOUBLE) AS volume FROM range(3000) t(i)`);
      const rows = Array.from({ length: 3000 }, (_, row) => row);
      const expected = [
        truth.time,
        ...[97, 7, 11, 13, 1].map((by) => rows.map((row) => (by === 97 ? 42_000 : 0) + row / by)),
      ];
      // The second packs times as differences, and numbers byte by byte.
      for (const codec of ['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4_raw'])
        for (const version of ['V1', 'V2']) {
          const target = path.join(folder, `${codec}-${version}.parquet`);
          await connection.run(
            `COPY bars TO '${target}' (FORMAT parquet, COMPRESSION ${codec}, PARQUET_VERSION ${version})`,
          );
          const { all, fields } = await decode(readFileSync(target));
          expect([codec, version, fields[0]?.kind]).toEqual([codec, version, 'instant']);
          expect(all).toEqual(expected.map((column) => [...column]));
        }
    } finally {
      connection.closeSync();
      duckdb.closeSync();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('files of Python', () => {
  test.each(Object.entries(PYTHON_FILES))('%s', async (name, base64) => {
    const time = name === 'int96Parquet' ? '__index_level_0__' : 'open_time';
    const { all, fields } = await decode(Buffer.from(base64, 'base64'), time);
    expect(all).toEqual(listed(pythonBars()));
    expect(fields.find((field) => field.name === time)?.kind).toBe(name === 'int96Parquet' ? 'wall' : 'instant');
  });

  test('a flipped bit in what LZ4 packed is noticed wherever there is a checksum', async () => {
    const bytes = Buffer.from(PYTHON_FILES.polarsLz4, 'base64');
    const frame = bytes.indexOf(Buffer.from([4, 0x22, 0x4d, 0x18]));
    bytes[frame + 20] = (bytes[frame + 20] as number) ^ 1;
    await expect(decode(bytes)).rejects.toThrow(/a block has another checksum/);
  });
});
