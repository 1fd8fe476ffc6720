import { randomBytes } from 'node:crypto';
import { type FileHandle, link, lstat, open, rename, unlink } from 'node:fs/promises';
import path from 'node:path';
import { AlmanacError, hasCode } from '../market/almanac-error.js';

/** A whole file or none: written beside its target, then put in place. Returns the bytes written. */
export async function writeFileWhole(
  target: string,
  chunks: AsyncIterable<string | Uint8Array>,
  overwrite: boolean,
): Promise<number> {
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  const file = await openNew(temporary, target);
  let placed = false;
  try {
    const bytes = await writeAll(file, chunks);
    await (overwrite ? rename(temporary, target) : placeNew(temporary, target));
    placed = overwrite;
    return bytes;
  } finally {
    await file.close().catch(() => undefined);
    if (!placed) await unlink(temporary).catch(() => undefined);
  }
}

async function writeAll(file: FileHandle, chunks: AsyncIterable<string | Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const chunk of chunks) {
    const buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    await file.writeFile(buffer);
    bytes += buffer.byteLength;
  }
  await file.sync();
  return bytes;
}

/** A link fails where a rename would silently replace a file that appeared meanwhile. */
async function placeNew(temporary: string, target: string): Promise<void> {
  try {
    await link(temporary, target);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw fileExists(target);
    // Some file systems have no links; there a rename is all there is.
    await rename(temporary, target);
  }
}

async function openNew(temporary: string, target: string): Promise<FileHandle> {
  try {
    return await open(temporary, 'wx');
  } catch (error) {
    const reason = hasCode(error, 'ENOENT') ? 'its folder does not exist' : 'its folder cannot be written to';
    throw new AlmanacError('FILE_UNREADABLE', `cannot write ${target}: ${reason}`, { cause: error });
  }
}

function fileExists(target: string): AlmanacError {
  return new AlmanacError('FILE_EXISTS', `${target} exists already, and was left as it is`, {
    suggestions: ['another --output FILE, or --force to replace it'],
  });
}

/** Asked before the work, so that an hour of it is not lost to a name that was taken. */
export async function assertReplaceable(target: string, overwrite: boolean): Promise<void> {
  const found = await lstat(target).catch(() => undefined);
  if (found === undefined) return;
  if (found.isDirectory()) throw new AlmanacError('FILE_EXISTS', `${target} is a folder, and a file was wanted`);
  if (!overwrite) throw fileExists(target);
}
