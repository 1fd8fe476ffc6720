import { type FileMetaData, parquetMetadata } from 'hyparquet';
import type { SourceFile } from '../source-tree.js';
import { readThrift } from './thrift-struct.js';

/** Most footers of ours are smaller. */
const FIRST_LOOK = 1 << 16;
/** The footer's length and the closing magic. */
const TAIL = 8;
const MAGIC = 0x31524150;
/** More than bars of every second since 1970 would be. */
const MOST_ROWS = 2 ** 31;

/** What a Parquet file says of itself at its end, once its counts are known to be possible. */
export async function readParquetFooter(file: SourceFile): Promise<FileMetaData> {
  const look = await file.read(Math.max(0, file.bytes - FIRST_LOOK), FIRST_LOOK);
  const end = new DataView(look.buffer, look.byteOffset + Math.max(0, look.length - TAIL));
  if (look.length < TAIL || end.getUint32(4, true) !== MAGIC)
    throw new Error('it is a Parquet file that ends too early');
  const length = end.getUint32(0, true);
  if (length + TAIL > file.bytes) throw new Error('its footer is longer than the file');
  const whole = length + TAIL <= look.length;
  const footer = whole ? look.subarray(-length - TAIL) : await file.read(file.bytes - length - TAIL, length + TAIL);
  readThrift(footer.subarray(0, length), 0);
  const metadata = parquetMetadata(footer, { geoparquet: false });
  const rows = metadata.row_groups.map((group) => Number(group.num_rows));
  const sum = rows.reduce((all, count) => all + count, 0);
  if (rows.some((count) => !(count >= 0)) || sum !== Number(metadata.num_rows) || sum > MOST_ROWS)
    throw new Error('its row groups have more or fewer rows than the file says');
  return metadata;
}
