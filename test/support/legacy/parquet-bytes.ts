import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Bars } from '../../../src/market/bars.js';

export interface ParquetOptions {
  readonly time?: string;
  readonly unit?: 'ms' | 'us' | 'ns' | 'epoch-s';
  /** The times say no zone. */
  readonly naive?: boolean;
  readonly names?: Readonly<Record<string, string>>;
  readonly timeLast?: boolean;
  readonly rowGroupSize?: number;
}

const UNITS = { ms: ['MILLIS', 1], us: ['MICROS', 1000], ns: ['NANOS', 1_000_000] } as const;

/** Bars as a Parquet file packed with Snappy. */
export function parquetBytes(bars: Bars, options: ParquetOptions = {}): Uint8Array {
  const { time = 'open_time', unit = 'us', naive = false, names = {}, timeLast = false, rowGroupSize } = options;
  const columns: { element: SchemaElement; data: Float64Array | BigInt64Array | (number | null)[] }[] =
    bars.columns.map((name, c) => {
      const values = bars.values[c] as Float64Array;
      const absent = values.some(Number.isNaN);
      return {
        element: { name: names[name] ?? name, type: 'DOUBLE', repetition_type: absent ? 'OPTIONAL' : 'REQUIRED' },
        data: absent ? Array.from(values, (value) => (Number.isNaN(value) ? null : value)) : values,
      };
    });
  const element: SchemaElement = { name: time, type: 'INT64', repetition_type: 'REQUIRED' };
  if (unit !== 'epoch-s') element.logical_type = { type: 'TIMESTAMP', isAdjustedToUTC: !naive, unit: UNITS[unit][0] };
  const scale = (at: number): bigint => (unit === 'epoch-s' ? BigInt(at) / 1000n : BigInt(at) * BigInt(UNITS[unit][1]));
  columns.splice(timeLast ? columns.length : 0, 0, { element, data: BigInt64Array.from(bars.time, scale) });
  const root: SchemaElement = { name: 'schema', num_children: columns.length, repetition_type: 'REQUIRED' };
  return new Uint8Array(
    parquetWriteBuffer({
      schema: [root, ...columns.map((column) => column.element)],
      columnData: columns.map((column) => ({ name: column.element.name, data: column.data })),
      ...(rowGroupSize === undefined ? {} : { rowGroupSize }),
    }),
  );
}
