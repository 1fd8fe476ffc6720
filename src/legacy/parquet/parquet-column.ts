import type { DecodedArray, SchemaElement } from 'hyparquet';
import { parseDecimal } from '../../market/decimal.js';
import type { FieldKind } from '../columns/column-file.js';
import { toDoubles, toMillis, type Unit } from '../columns/instants.js';

export function kindOf(element: SchemaElement): FieldKind {
  const { type, logical_type, converted_type } = element;
  if (logical_type?.type === 'TIMESTAMP') return logical_type.isAdjustedToUTC ? 'instant' : 'wall';
  // Before zones could be stated these two were UTC by definition.
  if (converted_type === 'TIMESTAMP_MILLIS' || converted_type === 'TIMESTAMP_MICROS') return 'instant';
  if (type === 'INT96' || converted_type === 'DATE') return 'wall';
  if (logical_type?.type === 'DECIMAL' || logical_type?.type === 'TIME' || converted_type === 'DECIMAL') return 'other';
  if (type === 'INT32' || type === 'INT64') return 'integer';
  if (type === 'DOUBLE' || type === 'FLOAT') return 'number';
  if (type === 'BYTE_ARRAY' && (converted_type === 'UTF8' || logical_type?.type === 'STRING')) return 'text';
  return 'other';
}

/** One page's values, put where they belong. Dense pages are typed arrays; pages with absent values are not. */
export function copyValues(values: DecodedArray, element: SchemaElement, out: Float64Array, from: number): void {
  const unit = unitOf(element);
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    if (unit === undefined) toDoubles(values, out, from);
    else toMillis(values, unit, out, from);
  } else if (values instanceof Float64Array || values instanceof Float32Array) out.set(values, from);
  else
    for (let row = 0; row < values.length; row++) {
      const value: unknown = values[row];
      if (value === undefined) throw new Error('a value is none of its dictionary');
      out[from + row] = typeof value === 'bigint' ? readCount(value, unit) : readValue(value);
    }
}

function unitOf({ type, logical_type, converted_type }: SchemaElement): Unit | undefined {
  if (type !== 'INT64') return undefined;
  if (logical_type?.type === 'TIMESTAMP')
    return ({ MILLIS: 'ms', MICROS: 'us', NANOS: 'ns' } as const)[logical_type.unit];
  if (converted_type === 'TIMESTAMP_MILLIS') return 'ms';
  return converted_type === 'TIMESTAMP_MICROS' ? 'us' : undefined;
}

const one = new BigInt64Array(1);
const answer = new Float64Array(1);

function readCount(count: bigint, unit: Unit | undefined): number {
  one[0] = count;
  if (unit === undefined) toDoubles(one, answer);
  else toMillis(one, unit, answer);
  return answer[0] as number;
}

function readValue(value: unknown): number {
  if (typeof value === 'number') return value;
  if (value instanceof Date) return value.getTime();
  return typeof value === 'string' ? (parseDecimal(value.trim()) ?? Number.NaN) : Number.NaN;
}
