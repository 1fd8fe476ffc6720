import type { SourceFile } from '../source-tree.js';
import { FlatTable } from './flat-table.js';

const CONTINUED = 0xffffffff;
const SCHEMA = 1;
const HEAD = 1 << 16;

/** Arrow's other form, which begins with its schema and no magic, and can only be read from front to back. */
export async function isArrowStream(file: SourceFile): Promise<boolean> {
  const head = await file.read(0, HEAD);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 16 || view.getUint32(0, true) !== CONTINUED) return false;
  const length = view.getInt32(4, true);
  if (length < 8 || length + 8 > file.bytes) return false;
  try {
    return (
      FlatTable.rootOf(new DataView(head.buffer, head.byteOffset + 8, Math.min(length, head.length - 8))).byte(1) ===
      SCHEMA
    );
  } catch {
    return false;
  }
}
