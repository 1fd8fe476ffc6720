import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { AlmanacError } from '../../market/almanac-error.js';
import type { FilePort } from '../files/file-port.js';
import { quarantineFolder } from '../layout.js';
import { hashFile } from './hash-file.js';
import {
  type QuarantinedFile,
  type QuarantineManifest,
  quarantineHome,
  readManifest,
  writeManifest,
} from './quarantine-manifest.js';

export interface QuarantineRequest {
  readonly cache: string;
  /** Folder of the files, and their names in it; one that is absent is passed over. */
  readonly folder: string;
  readonly names: readonly string[];
  readonly reason: string;
  readonly now: number;
  /** Ids under which `cache restore` shall find it besides its own. */
  readonly findings?: readonly string[] | undefined;
}

/**
 * Gives damaged files a second home with a manifest: what, from where, why, how to check it. They are linked, not
 * moved: what stands in their place is replaced by the commit that follows, so no instant is without either.
 */
export async function quarantine(files: FilePort, request: QuarantineRequest): Promise<string> {
  return take(files, request, 'link');
}

/**
 * Moves files into quarantine, under the lock of whose they are; nothing is copied, and nothing unlinked. The manifest
 * is durable before the first of them moves. Whoever dies in the middle leaves each file in one of two places, and the
 * same call made again moves the rest to where the first ones are.
 */
export async function moveToQuarantine(files: FilePort, request: QuarantineRequest): Promise<string> {
  const id = await take(files, request, 'move');
  await files.syncFolder(request.folder);
  return id;
}

async function take(files: FilePort, request: QuarantineRequest, how: 'link' | 'move'): Promise<string> {
  const { cache, folder, names, reason, now, findings } = request;
  const present = await describeFiles(files, folder, names);
  const from = path.relative(cache, folder).split(path.sep).join('/');
  const begun = await findBegun(files, cache, from, present, how);
  const id = begun?.id ?? newId(now);
  const home = quarantineFolder(cache, id);
  if (begun === undefined) {
    await files.makeFolder(home);
    const at = new Date(now).toISOString();
    const restore = `almanac cache restore ${id}`;
    const known = findings === undefined ? {} : { findings };
    await writeManifest(files, home, { schemaVersion: 1, id, from, reason, at, files: present, restore, ...known });
    await files.syncFolder(path.dirname(home));
  }
  for (const file of present) {
    const [old, kept] = [path.join(folder, file.name), path.join(home, file.name)];
    if (how === 'move') await files.rename(old, kept);
    else await keep(files, old, kept, file);
  }
  await files.syncFolder(home);
  return id;
}

/** On a disk without hard links the second name is a copy, and one that was cut off is worth nothing. */
async function keep(files: FilePort, old: string, kept: string, file: QuarantinedFile): Promise<void> {
  if ((await files.stat(kept)) === undefined) await files.link(old, kept);
  if (await isWhole(files, kept, file)) return;
  throw new AlmanacError('STORE_UNUSABLE', `${kept} is not what ${old} was copied from; nothing was replaced`);
}

async function isWhole(files: FilePort, kept: string, { bytes, sha256 }: QuarantinedFile): Promise<boolean> {
  return (await files.stat(kept))?.bytes === bytes && (await hashFile(files, kept)) === sha256;
}

async function describeFiles(files: FilePort, folder: string, names: readonly string[]): Promise<QuarantinedFile[]> {
  const found: QuarantinedFile[] = [];
  for (const name of names) {
    const stat = await files.stat(path.join(folder, name));
    if (stat?.kind !== 'file') continue;
    found.push({ name, bytes: stat.bytes, sha256: await hashFile(files, path.join(folder, name)) });
  }
  return found;
}

/** The same files of the same folder: somebody began this and died, or exactly these bytes are kept already. */
async function findBegun(
  files: FilePort,
  cache: string,
  from: string,
  present: readonly QuarantinedFile[],
  how: 'link' | 'move',
): Promise<QuarantineManifest | undefined> {
  if (present.length === 0) return undefined;
  for (const { name, kind } of (await files.list(quarantineHome(cache))) ?? []) {
    if (kind !== 'folder') continue;
    const manifest = await readManifest(files, quarantineFolder(cache, name)).catch(() => undefined);
    if (manifest?.id !== name || manifest.from !== from) continue;
    const holds = (file: QuarantinedFile): boolean =>
      manifest.files.some((kept) => kept.name === file.name && kept.sha256 === file.sha256);
    if (!present.every(holds)) continue;
    const home = quarantineFolder(cache, name);
    if (how === 'link' ? await isSpoilt(files, home, present) : !(await isFree(files, home, present))) continue;
    return manifest;
  }
  return undefined;
}

/** A copy that was cut off stands there: nothing is written over it, and the files are kept elsewhere. */
async function isSpoilt(files: FilePort, home: string, present: readonly QuarantinedFile[]): Promise<boolean> {
  for (const file of present) {
    const kept = path.join(home, file.name);
    if ((await files.stat(kept)) !== undefined && !(await isWhole(files, kept, file))) return true;
  }
  return false;
}

/**
 * Where one of the names stands already, it may be the very same file under a second name, and a rename onto itself
 * does nothing and says so to nobody: what is to be moved goes elsewhere then.
 */
async function isFree(files: FilePort, home: string, present: readonly QuarantinedFile[]): Promise<boolean> {
  for (const { name } of present) if ((await files.stat(path.join(home, name))) !== undefined) return false;
  return true;
}

function newId(now: number): string {
  return `${new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')}-${randomBytes(4).toString('hex')}`;
}
