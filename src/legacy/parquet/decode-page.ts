import {
  type ColumnMetaData,
  type CompressionCodec,
  type DecodedArray,
  parquetRead,
  type SchemaElement,
} from 'hyparquet';
import { assertSoundValues, countPresent } from './assert-sound-values.js';
import type { ParquetPage } from './parquet-pages.js';
import { unpackPage } from './unpack-page.js';

/** A page's header and bytes as they lie in the file, and its values' bytes as they were before they were packed. */
export interface OpenPage {
  readonly raw: Uint8Array;
  readonly unpacked: Uint8Array;
}

/** Unpacks a page, and looks into it as far as hyparquet would believe it. */
export function openPage(
  chunk: Uint8Array,
  page: ParquetPage,
  { codec, element }: { readonly codec: CompressionCodec; readonly element: SchemaElement },
): OpenPage {
  const { kind, from, end, levels, length, values, encoding, absent } = page;
  const bytes = chunk.subarray(from + levels, end);
  const unpacked = page.packed ? unpackPage(bytes, codec, length - levels) : bytes;
  const optional = element.repetition_type === 'OPTIONAL';
  if (kind === 'data2') {
    if (optional) countPresent(chunk.subarray(from, end), values);
    assertSoundValues(unpacked, encoding, values - absent);
  } else if (kind === 'data') {
    const size =
      optional && unpacked.length >= 4 ? new DataView(unpacked.buffer, unpacked.byteOffset).getUint32(0, true) : 0;
    const present = optional ? countPresent(unpacked.subarray(4), values) : values;
    assertSoundValues(unpacked.subarray(optional ? 4 + size : 0), encoding, present);
  }
  return { raw: chunk.subarray(page.start, end), unpacked };
}

/** The values of one page, with the dictionary they may be written by: as if the file held nothing else. */
export async function decodePage(
  pages: readonly OpenPage[],
  element: SchemaElement,
  codec: CompressionCodec,
  values: number,
): Promise<DecodedArray> {
  const bytes = Buffer.concat(pages.map(({ raw }) => raw));
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const unpacked = pages.map((page) => page.unpacked);
  const column: ColumnMetaData = {
    type: element.type as NonNullable<SchemaElement['type']>,
    encodings: [],
    path_in_schema: [element.name],
    codec,
    num_values: BigInt(values),
    total_uncompressed_size: 0n,
    total_compressed_size: BigInt(bytes.length),
    data_page_offset: 0n,
  };
  const group = { columns: [{ file_offset: 0n, meta_data: column }], total_byte_size: 0n, num_rows: column.num_values };
  let decoded: DecodedArray | undefined;
  await parquetRead({
    file: { byteLength: bytes.length, slice: async (start, end) => buffer.slice(start, end) },
    metadata: {
      version: 1,
      schema: [{ name: 'root', num_children: 1, repetition_type: 'REQUIRED' }, element],
      num_rows: column.num_values,
      row_groups: [group],
      metadata_length: 0,
    },
    compressors: { [codec]: () => unpacked.shift() ?? new Uint8Array(0) },
    // What is thrown in here would be nobody's: nothing is done but to keep it.
    onChunk: ({ columnData }) => {
      decoded = columnData;
    },
  });
  if (decoded?.length !== values) throw new Error('a page has another number of values than it says');
  return decoded;
}
