import { type ColumnMetaData, type FileMetaData, parquetSchema, type RowGroup, type SchemaElement } from 'hyparquet';
import type { ColumnFile } from '../columns/column-file.js';
import type { SourceFile } from '../source-tree.js';
import { assertSoundGroup } from './assert-sound-group.js';
import { ParquetChunk } from './parquet-chunk.js';
import { kindOf } from './parquet-column.js';
import { readParquetFooter } from './parquet-footer.js';

/** Rows of a batch: row groups are smaller, but for those that hold a year of seconds. */
const MOST_ROWS = 1 << 20;

/** A Parquet file, its row groups read one after another and of each only the columns asked for. */
export async function openParquet(file: SourceFile): Promise<ColumnFile> {
  const metadata = await readParquetFooter(file);
  const elements = columnsOf(metadata);
  return {
    fields: elements.map((element) => ({ name: element.name, kind: kindOf(element) })),
    async *batches(names) {
      const wanted = names.map((name) => elements.find((element) => element.name === name));
      for (const group of metadata.row_groups) yield* readGroup(file, group, wanted);
    },
  };
}

async function* readGroup(
  file: SourceFile,
  group: RowGroup,
  elements: readonly (SchemaElement | undefined)[],
): AsyncGenerator<readonly Float64Array[]> {
  const rows = Number(group.num_rows);
  const chunks: ParquetChunk[] = [];
  for (const element of elements) {
    const column = group.columns.find(({ meta_data }) => isOf(meta_data, element))?.meta_data;
    if (element === undefined || column === undefined) throw new Error('a row group lacks one of its columns');
    assertSoundGroup(column, element, rows, file.bytes);
    chunks.push(await ParquetChunk.open(file, element, column, rows));
  }
  for (let start = 0; start < rows; start += MOST_ROWS) {
    const batch: Float64Array[] = [];
    for (const chunk of chunks) batch.push(await chunk.take(Math.min(MOST_ROWS, rows - start)));
    yield batch;
  }
}

function isOf(column: ColumnMetaData | undefined, element: SchemaElement | undefined): boolean {
  return column?.path_in_schema.length === 1 && column.path_in_schema[0] === element?.name;
}

/** Columns with one value a row; lists and structures hold no bars. */
function columnsOf(metadata: FileMetaData): SchemaElement[] {
  return parquetSchema(metadata)
    .children.filter(({ children }) => children.length === 0)
    .map(({ element }) => element)
    .filter(({ type, repetition_type: kind }) => type !== undefined && (kind === 'REQUIRED' || kind === 'OPTIONAL'));
}
