import type { SourceFile } from '../source-tree.js';
import { FlatTable } from './flat-table.js';

/** The footer's length and the closing magic. */
const TAIL = 10;
const BLOCK = 24;
const DEEPEST = 8;
const MOST_FIELDS = 10_000;
/** Kinds of messages. */
const DICTIONARY = 2;
const ROWS = 3;

/**
 * apache-arrow believes every count it finds: a damaged one makes it list fields until the memory is gone. So the
 * lists of the footer and of each batch are held against the bytes they lie in, before it sees them.
 */
export async function assertSoundArrow(file: SourceFile): Promise<void> {
  const tail = view(await file.read(Math.max(0, file.bytes - TAIL), TAIL));
  const length = tail.getUint32(0, true);
  if (length + TAIL > file.bytes) throw new Error('its footer is longer than the file');
  const footer = FlatTable.rootOf(view(await file.read(file.bytes - TAIL - length, length)));
  const schema = footer.table(1);
  if (schema === undefined) throw new Error('its footer has no schema');
  schema.list(2, 4);
  footer.list(4, 4);
  let seen = 0;
  const visit = (fields: readonly FlatTable[], depth: number): void => {
    seen += fields.length;
    if (depth > DEEPEST || seen > MOST_FIELDS) throw new Error('its columns lie in one another without end');
    for (const field of fields) {
      field.list(6, 4);
      visit(field.tables(5), depth + 1);
    }
  };
  visit(schema.tables(1), 0);
  for (const [slot, kind] of [
    [2, DICTIONARY],
    [3, ROWS],
  ] as const)
    for (const at of footer.list(slot, BLOCK))
      await assertSoundMessage(file, Number(footer.view.getBigInt64(at, true)), kind);
}

async function assertSoundMessage(file: SourceFile, offset: number, kind: number): Promise<void> {
  const start = view(await file.read(offset, 8));
  // Older files have no mark before the length.
  const [length, from] = start.getInt32(0, true) === -1 ? [start.getInt32(4, true), 8] : [start.getInt32(0, true), 4];
  if (length <= 0 || offset + from + length > file.bytes) throw new Error('a batch leads out of the file');
  const message = FlatTable.rootOf(view(await file.read(offset + from, length)));
  message.list(4, 4);
  // One of another kind is passed over without end.
  if (message.byte(1) !== kind) throw new Error('a batch is not one');
  const header = message.table(2);
  // A dictionary's batch holds its data one table deeper, where a batch of rows has its nodes.
  const batch = kind === DICTIONARY ? header?.table(1) : header;
  if (batch === undefined) throw new Error('a batch has no header');
  const buffers = BigInt(batch.list(2, 16).length);
  const views = batch.list(4, 8).map((at) => message.view.getBigInt64(at, true));
  if (views.some((count) => count < 0n || count > buffers)) throw new Error('a column has more parts than its batch');
  const rows = batch.long(0);
  // Each column says again how many rows there are; apache-arrow fills up what is short.
  const counts = batch.list(1, 16).map((at) => message.view.getBigInt64(at, true));
  if (counts.some((count) => count !== rows)) throw new Error('a column has another number of rows than its batch');
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
