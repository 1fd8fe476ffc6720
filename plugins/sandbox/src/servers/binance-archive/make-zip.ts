import { createHash } from 'node:crypto';
import { ZipFile } from 'yazl';

/** DOS time has no zone: a local date that reads the same everywhere makes the same bytes everywhere. */
export async function makeZip(name: string, csv: Buffer, modified: number): Promise<Buffer> {
  const date = new Date(modified);
  const wall = new Date(
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  );
  const zip = new ZipFile();
  zip.addBuffer(csv, `${name}.csv`, { mtime: wall, mode: 0o100644, forceDosTimestamp: true, compressionLevel: 1 });
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

export function hash(algorithm: 'md5' | 'sha256', bytes: Uint8Array): string {
  return createHash(algorithm).update(bytes).digest('hex');
}
