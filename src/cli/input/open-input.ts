import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { AlmanacError, hasCode } from '../../market/almanac-error.js';

/** The bytes of a file, or of stdin for `-`. */
export async function openInput(file: string): Promise<AsyncIterable<Uint8Array>> {
  if (file === '-') return process.stdin;
  try {
    const found = await stat(file);
    if (found.isDirectory())
      throw new AlmanacError('FILE_UNREADABLE', `${file} is a folder, and a CSV file was wanted`);
  } catch (error) {
    if (hasCode(error, 'FILE_UNREADABLE')) throw error;
    const reason = hasCode(error, 'ENOENT') ? 'there is no such file' : 'this user may not read it';
    throw new AlmanacError('FILE_UNREADABLE', `cannot read ${file}: ${reason}`, { cause: error });
  }
  return createReadStream(file, { highWaterMark: 256 * 1024 });
}
