import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetRead, type SchemaElement } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { SourceFile } from '../source-tree.js';
import type { ColumnFile } from './column-file.js';
import { copyValues, kindOf } from './parquet-column.js';

/** Most footers of ours are smaller; hyparquet would ask for half a megabyte of each file. */
const FIRST_LOOK = 1 << 16;

/** A Parquet file, its row groups read one after another and of each only the columns asked for. */
export async function openParquet(file: SourceFile): Promise<ColumnFile> {
  const buffer = asBuffer(file);
  const stated = await parquetMetadataAsync(buffer, { initialFetchSize: FIRST_LOOK });
  const elements = new Map(columnsOf(stated).map((element) => [element.name, element]));
  const metadata = withoutTimestamps(stated);
  return {
    fields: [...elements.values()].map((element) => ({ name: element.name, kind: kindOf(element) })),
    async *batches(names) {
      let start = 0;
      for (const { num_rows } of metadata.row_groups) {
        const rows = Number(num_rows);
        yield await readGroup(buffer, metadata, elements, names, start, rows);
        start += rows;
      }
    },
  };
}

async function readGroup(
  file: AsyncBuffer,
  metadata: FileMetaData,
  elements: ReadonlyMap<string, SchemaElement>,
  names: readonly string[],
  start: number,
  rows: number,
): Promise<readonly Float64Array[]> {
  const columns = names.map(() => new Float64Array(rows).fill(Number.NaN));
  const filled = names.map(() => 0);
  await parquetRead({
    file,
    metadata,
    compressors,
    columns: [...names],
    rowStart: start,
    rowEnd: start + rows,
    onChunk({ columnName, columnData, rowStart }) {
      const at = names.indexOf(columnName);
      const element = elements.get(columnName);
      if (at < 0 || element === undefined) return;
      copyValues(columnData, element, columns[at] as Float64Array, rowStart - start);
      filled[at] = (filled[at] as number) + columnData.length;
    },
  });
  const short = names.find((_, at) => filled[at] !== rows);
  if (short !== undefined) throw new Error(`its column ${short} is shorter than it says`);
  return columns;
}

/** Columns with one value a row; lists and structures hold no bars. */
function columnsOf({ schema }: FileMetaData): SchemaElement[] {
  const [root] = schema;
  return schema.length === 1 + (root?.num_children ?? 0)
    ? schema.slice(1)
    : schema.slice(1).filter((element) => element.type !== undefined && element.repetition_type !== 'REPEATED');
}

/** So that 64-bit times arrive as they lie in the file, and not as a Date object a row. */
function withoutTimestamps(metadata: FileMetaData): FileMetaData {
  const schema = metadata.schema.map((element) => {
    if (element.type !== 'INT64' || kindOf(element) === 'integer') return element;
    const { logical_type, converted_type, ...plain } = element;
    return plain;
  });
  return { ...metadata, schema };
}

function asBuffer(file: SourceFile): AsyncBuffer {
  return {
    byteLength: file.bytes,
    async slice(start, end = file.bytes) {
      const bytes = await file.read(start, end - start);
      if (bytes.length < end - start) throw new Error('it ended while it was read');
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    },
  };
}
