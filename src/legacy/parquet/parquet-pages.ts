import { readThrift, type ThriftStruct, type ThriftValue } from './thrift-struct.js';

/** A page as its header says it is; what it says has been held against its chunk. */
export interface ParquetPage {
  readonly kind: 'dictionary' | 'data' | 'data2';
  readonly values: number;
  readonly encoding: number;
  /** Where its header begins, and its bytes as they lie in the chunk. */
  readonly start: number;
  readonly from: number;
  readonly end: number;
  /** Of its bytes when they are unpacked. */
  readonly length: number;
  /** In version 2 the levels before the values are so many bytes and never packed, and the absent values are told. */
  readonly levels: number;
  readonly absent: number;
  readonly packed: boolean;
}

const DATA = 0;
const DICTIONARY = 2;
const DATA_V2 = 3;
/** More than any writer puts into one page: they end it at about a MiB, packed to its bits. */
const MOST_VALUES = 1 << 23;
const MOST_LENGTH = 1 << 28;
/** Of a page's value: a number or a time with its level; a spelled number with its length. */
const WIDEST = { number: 16, text: 256 } as const;
const FEW_BYTES = 1 << 16;

/**
 * The pages of a column's chunk, from their headers alone. Throws where they hold other than so many values, or say
 * sizes that so many values cannot have: hyparquet would make room for whatever they say.
 */
export function listPages(chunk: Uint8Array, rows: number, width: keyof typeof WIDEST): ParquetPage[] {
  const pages: ParquetPage[] = [];
  let values = 0;
  for (let at = 0; values < rows; ) {
    const page = readPage(chunk, at);
    const most = FEW_BYTES + page.values * WIDEST[width];
    if (page.length > Math.min(most, MOST_LENGTH)) throw new Error('a page says that it is longer than it can be');
    if (page.values > rows) throw new Error('a page has more values than its column');
    if (page.kind !== 'dictionary') values += page.values;
    else if (pages.length > 0) throw new Error('its dictionary stands behind its values');
    pages.push(page);
    at = page.end;
  }
  if (values !== rows) throw new Error('a column has another number of values than rows');
  return pages;
}

function readPage(chunk: Uint8Array, start: number): ParquetPage {
  const { fields, end: from } = readThrift(chunk, start);
  const [type, length, packedLength] = [1, 2, 3].map((id) => countOf(fields.get(id)));
  const end = from + (packedLength as number);
  if (end > chunk.length) throw new Error('a page leads out of its column');
  const shared = { start, from, end, length: length as number, levels: 0, absent: 0, packed: true };
  if (type === DICTIONARY) return { ...shared, kind: 'dictionary', ...countsOf(structOf(fields.get(7)), 2) };
  if (type === DATA) return { ...shared, kind: 'data', ...countsOf(structOf(fields.get(5)), 2) };
  if (type !== DATA_V2) throw new Error('it has a page of an unknown kind');
  const head = structOf(fields.get(8));
  const [values, absent, rows, levels, repeated] = [1, 2, 3, 5, 6].map((id) => countOf(head.get(id))) as Five;
  if (absent > values || rows !== values || repeated > 0) throw new Error('a page counts its rows in two ways');
  if (levels > Math.min(end - from, shared.length)) throw new Error('a page has more levels than bytes');
  return { ...shared, kind: 'data2', ...countsOf(head, 4), levels, absent, packed: head.get(7) !== false };
}

type Five = [number, number, number, number, number];

function countsOf(head: ThriftStruct, encoding: number): { readonly values: number; readonly encoding: number } {
  const values = countOf(head.get(1));
  if (values > MOST_VALUES) throw new Error('a page says that it has more values than a page holds');
  return { values, encoding: countOf(head.get(encoding)) };
}

function structOf(value: ThriftValue): ThriftStruct {
  if (value instanceof Map) return value;
  throw new Error('a page has no header');
}

function countOf(value: ThriftValue): number {
  if (typeof value === 'number' && value >= 0 && value < 2 ** 31) return value;
  throw new Error('a page says sizes that cannot be');
}
