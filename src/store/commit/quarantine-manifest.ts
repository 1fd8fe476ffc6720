import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { FilePort } from '../files/file-port.js';
import { writeNew } from '../files/whole-file.js';
import { quarantineFolder } from '../layout.js';

export interface QuarantinedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What lies in one folder of the quarantine: what it was, from where, why, since when, and how to get it back. */
export interface QuarantineManifest {
  readonly schemaVersion: 1;
  readonly id: string;
  /** The folder the files came from, from the cache's root, with `/` between its parts. */
  readonly from: string;
  readonly reason: string;
  readonly at: string;
  readonly files: readonly QuarantinedFile[];
  readonly restore: string;
  /** Findings of `cache cleanup` that led here: each serves as an id too. */
  readonly findings?: readonly string[] | undefined;
}

export const MANIFEST_NAME = 'manifest.json';
/** What the manifest is called once its files were brought back: then nothing is left here but this note. */
export const RESTORED_NAME = 'restored.json';

export function quarantineHome(cache: string): string {
  return path.dirname(quarantineFolder(cache, 'any'));
}

/** Undefined where there is none, or none that can be read. */
export async function readManifest(files: FilePort, home: string): Promise<QuarantineManifest | undefined> {
  const bytes = await files.readWhole(path.join(home, MANIFEST_NAME));
  if (bytes === undefined) return undefined;
  try {
    const document: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return isManifest(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all: whoever dies in the middle leaves no half of one. */
export async function writeManifest(files: FilePort, home: string, manifest: QuarantineManifest): Promise<void> {
  const temp = path.join(home, `.${MANIFEST_NAME}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeNew(files, temp, [Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)]);
    await files.rename(temp, path.join(home, MANIFEST_NAME));
  } catch (error) {
    await files.unlink(temp).catch(() => undefined);
    throw error;
  }
  await files.syncFolder(home);
}

/** Names are joined to paths, so each must be a plain one: a manifest is only a file, and anybody can edit it. */
function isManifest(document: unknown): document is QuarantineManifest {
  if (typeof document !== 'object' || document === null) return false;
  const { schemaVersion, id, from, reason, at, files } = document as Record<string, unknown>;
  const texts = [id, from, reason, at].every((each) => typeof each === 'string');
  if (schemaVersion !== 1 || !texts || !Array.isArray(files) || !isBelow(from as string)) return false;
  return files.every((file: unknown) => {
    const { name, bytes, sha256 } = (file ?? {}) as Record<string, unknown>;
    return typeof name === 'string' && isPlain(name) && typeof bytes === 'number' && typeof sha256 === 'string';
  });
}

function isPlain(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/.test(name);
}

function isBelow(folder: string): boolean {
  return folder === '' || folder.split('/').every(isPlain);
}
