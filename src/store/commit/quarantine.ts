import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { sha256 } from '../codec/gzip-block.js';
import type { FilePort } from '../files/file-port.js';
import { writeNew } from '../files/whole-file.js';
import { quarantineFolder } from '../layout.js';

export interface QuarantineRequest {
  readonly cache: string;
  /** Folder of the files, and their names in it; one that is absent is passed over. */
  readonly folder: string;
  readonly names: readonly string[];
  readonly reason: string;
  readonly now: number;
}

/**
 * Gives damaged files a second home with a manifest: what, from where, why, how to check it. They are linked, not
 * moved: what stands in their place is replaced by the commit that follows, so no instant is without either.
 */
export async function quarantine(files: FilePort, request: QuarantineRequest): Promise<string> {
  const id = `${new Date(request.now).toISOString().replace(/[-:]|\.\d+/g, '')}-${randomBytes(4).toString('hex')}`;
  const home = quarantineFolder(request.cache, id);
  await files.makeFolder(home);
  const kept: { name: string; bytes: number; sha256: string }[] = [];
  for (const name of request.names) {
    const bytes = await files.readWhole(path.join(request.folder, name));
    if (bytes === undefined) continue;
    await files.link(path.join(request.folder, name), path.join(home, name));
    kept.push({ name, bytes: bytes.length, sha256: sha256(bytes) });
  }
  const manifest = {
    schemaVersion: 1,
    id,
    from: path.relative(request.cache, request.folder).split(path.sep).join('/'),
    reason: request.reason,
    at: new Date(request.now).toISOString(),
    files: kept,
    restore: `almanac cache restore ${id}`,
  };
  await writeNew(files, path.join(home, 'manifest.json'), [
    new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`),
  ]);
  await files.syncFolder(home);
  await files.syncFolder(path.dirname(home));
  return id;
}
