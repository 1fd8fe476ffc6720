import { crc32, deflateRawSync } from 'node:zlib';

/** One entry, with every lie that a directory can tell. */
export interface MadeEntry {
  readonly name: string;
  readonly data: string | Uint8Array;
  readonly localName?: string;
  readonly flags?: number;
  readonly method?: number;
  readonly crc?: number;
  readonly size?: number;
  readonly packed?: Uint8Array;
}

export interface MadeZip {
  readonly entryCount?: number;
  readonly comment?: string;
}

export function makeZip(entries: readonly MadeEntry[], { entryCount, comment = '' }: MadeZip = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const data = Buffer.from(entry.data);
    const method = entry.method ?? 8;
    const packed = Buffer.from(entry.packed ?? (method === 8 ? deflateRawSync(data) : data));
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(entry.flags ?? 0, 2);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(entry.crc ?? crc32(data), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(entry.size ?? data.length, 18);
    const localName = Buffer.from(entry.localName ?? entry.name);
    const name = Buffer.from(entry.name);
    const local = Buffer.from(shared);
    local.writeUInt16LE(localName.length, 22);
    const central = Buffer.from(shared);
    central.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(mark(0x02014b50), Buffer.from([20, 0]), central, tail, name);
    parts.push(mark(0x04034b50), local, localName, packed);
    offset += 4 + 26 + localName.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entryCount ?? entries.length, 4);
  end.writeUInt16LE(entryCount ?? entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  end.writeUInt16LE(comment.length, 16);
  return Buffer.concat([...parts, central, mark(0x06054b50), end, Buffer.from(comment)]);
}

function mark(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}
