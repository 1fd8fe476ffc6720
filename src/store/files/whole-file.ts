import { AlmanacError } from '../../market/almanac-error.js';
import type { FilePort, OpenFile } from './file-port.js';

/** Exactly these bytes, or fewer where the file ends before. */
export async function readSpan(file: OpenFile, offset: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    const read = await file.read(bytes.subarray(filled), offset + filled);
    if (read === 0) break;
    filled += read;
  }
  return filled === length ? bytes : bytes.subarray(0, filled);
}

/** Writes all of it, however short the kernel's writes: a full disk shows as a short write before it shows as an error. */
export async function writeSpan(file: OpenFile, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const count = await file.write(bytes.subarray(written), position + written);
    if (count <= 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    written += count;
  }
}

/** A new file, durable and of the right size when this returns. A failed sync is never tried again: its pages may be gone. */
export async function writeNew(
  files: FilePort,
  path: string,
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<number> {
  const file = await files.open(path, 'create');
  let position = 0;
  try {
    for await (const part of parts) {
      await writeSpan(file, part, position);
      position += part.length;
    }
    await file.sync();
    const size = await file.size();
    if (size !== position) throw new AlmanacError('STORE_FULL', `${path} has ${size} bytes of ${position}`);
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
  await file.close();
  return position;
}
