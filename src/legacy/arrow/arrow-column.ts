import { type Data, DataType, DateUnit, Precision, TimeUnit, type Vector } from 'apache-arrow';
import { parseDecimal } from '../../market/decimal.js';
import type { FieldKind } from '../columns/column-file.js';
import { toDoubles, toMillis, type Unit } from '../columns/instants.js';

const UNITS: Readonly<Record<TimeUnit, Unit>> = {
  [TimeUnit.SECOND]: 's',
  [TimeUnit.MILLISECOND]: 'ms',
  [TimeUnit.MICROSECOND]: 'us',
  [TimeUnit.NANOSECOND]: 'ns',
};
const DAY = 86_400_000;

export function kindOf(type: DataType): FieldKind {
  if (DataType.isTimestamp(type)) return type.timezone ? 'instant' : 'wall';
  if (DataType.isDate(type)) return 'wall';
  if (DataType.isInt(type)) return 'integer';
  if (DataType.isFloat(type) && type.precision !== Precision.HALF) return 'number';
  if (isText(type)) return 'text';
  if (DataType.isDictionary(type)) return isText(type.dictionary) ? 'text' : 'other';
  return 'other';
}

function isText(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type);
}

/** A column of one batch as doubles. */
export function toColumn(vector: Vector, rows: number): Float64Array {
  // Before there is room made for them: what a damaged file says may be any number.
  const short = vector.data.some((data) => data.length > roomOf(data));
  if (short || vector.length !== rows) throw new Error('a column is shorter than its batch');
  const out = new Float64Array(rows);
  if (kindOf(vector.type) === 'text') {
    for (let row = 0; row < rows; row++) out[row] = readNumber(vector.get(row));
    return out;
  }
  let from = 0;
  for (const data of vector.data) {
    copy(data, out, from);
    if (data.nullCount > 0)
      for (let row = 0; row < data.length; row++) if (!data.getValid(row)) out[from + row] = Number.NaN;
    from += data.length;
  }
  return out;
}

/** How many rows it has bytes for. */
function roomOf({ type, values, valueOffsets }: Data): number {
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return valueOffsets.length - 1;
  return DataType.isUtf8View(type) ? values.length / 16 : values.length;
}

function copy(data: Data, out: Float64Array, from: number): void {
  const { type } = data;
  const values = data.values.subarray(0, data.length);
  if (DataType.isTimestamp(type)) toMillis(values, UNITS[type.unit], out, from);
  else if (DataType.isDate(type) && type.unit === DateUnit.MILLISECOND) toMillis(values, 'ms', out, from);
  else if (DataType.isDate(type)) for (let row = 0; row < values.length; row++) out[from + row] = values[row] * DAY;
  else if (values instanceof BigInt64Array || values instanceof BigUint64Array) toDoubles(values, out, from);
  else out.set(values, from);
}

function readNumber(text: unknown): number {
  return typeof text === 'string' ? (parseDecimal(text.trim()) ?? Number.NaN) : Number.NaN;
}
