import {
  CompressionType,
  compressionRegistry,
  Field,
  Int64,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  Table,
  Timestamp,
  TimeUnit,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import { compress } from 'lz4js';
import { decodeLz4Frame } from '../../../src/legacy/packing/lz4-frame.js';
import type { Bars } from '../../../src/market/bars.js';

export interface ArrowOptions {
  readonly time?: string;
  readonly unit?: 's' | 'ms' | 'us' | 'ns';
  /** `null`: the times say none. */
  readonly zone?: string | null;
  /** Times are plain integers of that unit. */
  readonly epoch?: boolean;
  readonly packed?: boolean;
  /** Their names of our columns. */
  readonly names?: Readonly<Record<string, string>>;
  /** Of ours, those written as strings. */
  readonly text?: readonly string[];
  /** Columns of strings that mean nothing, each with what every row says. */
  readonly idle?: Readonly<Record<string, string>>;
  readonly timeLast?: boolean;
}

const UNITS = {
  s: [TimeUnit.SECOND, 1, 1000],
  ms: [TimeUnit.MILLISECOND, 1, 1],
  us: [TimeUnit.MICROSECOND, 1000, 1],
  ns: [TimeUnit.NANOSECOND, 1_000_000, 1],
} as const;

/** Bars as an Arrow IPC file, which is what Feather is too. */
export function arrowBytes(bars: Bars, options: ArrowOptions = {}): Uint8Array {
  const { time = 'open_time', names = {}, text = [], idle = {}, packed = false } = options;
  const columns: [string, Vector][] = bars.columns.map((name, c) => {
    const values = bars.values[c] as Float64Array;
    const vector = text.includes(name) ? vectorFromArray(Array.from(values, String), new Utf8()) : toVector(values);
    return [names[name] ?? name, vector];
  });
  for (const [name, word] of Object.entries(idle)) {
    columns.push([
      name,
      vectorFromArray(
        Array.from(bars.time, () => word),
        new Utf8(),
      ),
    ]);
  }
  columns.splice(options.timeLast === true ? columns.length : 0, 0, [time, timesOf(bars.time, options)]);
  const schema = new Schema(columns.map(([name, vector]) => new Field(name, vector.type, true)));
  const children = columns.map(([, vector]) => vector.data[0] as NonNullable<(typeof vector.data)[0]>);
  const data = makeData({ type: new Struct(schema.fields), length: bars.time.length, children });
  if (packed) compressionRegistry.set(CompressionType.LZ4_FRAME, { encode: compress, decode: decodeLz4Frame });
  return tableToIPC(new Table([new RecordBatch(schema, data)]), 'file', packed ? CompressionType.LZ4_FRAME : null);
}

/** Absent values are nulls, as pandas writes them. */
function toVector(values: Float64Array): Vector {
  return values.some(Number.isNaN)
    ? vectorFromArray(Array.from(values, (value) => (Number.isNaN(value) ? null : value)))
    : makeVector(values);
}

function timesOf(time: Float64Array, { unit = 'ns', zone = 'UTC', epoch = false }: ArrowOptions): Vector {
  const [arrowUnit, factor, divisor] = UNITS[unit];
  const counts = BigInt64Array.from(time, (at) => (BigInt(at) * BigInt(factor)) / BigInt(divisor));
  const { length } = counts;
  return epoch
    ? makeVector(makeData({ type: new Int64(), length, data: counts }))
    : makeVector(makeData({ type: new Timestamp(arrowUnit, zone), length, data: counts }));
}
