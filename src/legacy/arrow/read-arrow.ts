import { RecordBatchReader } from 'apache-arrow';
import type { ColumnFile } from '../columns/column-file.js';
import type { SourceFile } from '../source-tree.js';
import { registerCodecs } from './arrow-codecs.js';
import { kindOf, toColumn } from './arrow-column.js';
import { assertSoundArrow } from './assert-sound-arrow.js';

registerCodecs();

/** Footer's length and the closing magic: where a whole file ends. */
const TAIL = [...Buffer.from('ARROW1')];

/** An Arrow IPC file (Feather is one), its batches read as they are asked for. */
export async function openArrow(file: SourceFile): Promise<ColumnFile> {
  const tail = await file.read(Math.max(0, file.bytes - TAIL.length), TAIL.length);
  if (!TAIL.every((byte, at) => tail[at] === byte)) throw new Error('it is an Arrow file that ends too early');
  await assertSoundArrow(file);
  const { schema } = await openReader(file);
  return {
    fields: schema.fields.map(({ name, type }) => ({ name, kind: kindOf(type) })),
    async *batches(names) {
      for await (const batch of await openReader(file))
        yield names.map((name) => {
          const vector = batch.getChild(name);
          if (vector === null) throw new Error(`there is no column ${name}`);
          return toColumn(vector, batch.numRows);
        });
    },
  };
}

async function openReader(file: SourceFile): Promise<RecordBatchReader> {
  const reader = await RecordBatchReader.from(asHandle(file));
  return reader.open();
}

/** The few things of a file handle that apache-arrow uses. Closing is left to whoever opened the file. */
function asHandle(file: SourceFile) {
  return {
    fd: -1,
    stat: async () => ({ size: file.bytes }),
    async read(buffer: Uint8Array, offset: number, length: number, position: number) {
      const bytes = await file.read(position, length);
      if (bytes.length === 0) throw new Error('it ended while it was read');
      buffer.set(bytes, offset);
      return { bytesRead: bytes.length, buffer };
    },
    close: async () => {},
  } as unknown as Parameters<typeof RecordBatchReader.from>[0] & Promise<never>;
}
