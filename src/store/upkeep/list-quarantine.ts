import path from 'node:path';
import {
  MANIFEST_NAME,
  type QuarantineManifest,
  quarantineHome,
  RESTORED_NAME,
  readManifest,
} from '../commit/quarantine-manifest.js';
import type { FilePort } from '../files/file-port.js';
import { asUnreadable, type Unreadable } from '../files/unreadable.js';
import { quarantineFolder } from '../layout.js';

/** One folder of the quarantine that still holds something. */
export interface QuarantineItem {
  readonly id: string;
  /** Undefined where it is lost: then nobody knows where the files came from. */
  readonly manifest: QuarantineManifest | undefined;
  /** The files that are there now. */
  readonly names: readonly string[];
  readonly bytes: number;
  /** When it came, ms UTC. */
  readonly at: number;
}

/** What lies in quarantine, the oldest first; what was brought back, and an empty folder, is not listed. */
export async function listQuarantine(
  files: FilePort,
  cache: string,
  onUnreadable: (unreadable: Unreadable) => void = () => undefined,
): Promise<QuarantineItem[]> {
  const items: QuarantineItem[] = [];
  /** One folder that cannot be read hides none of the others. */
  const look = async <T>(fallback: string, run: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await run();
    } catch (error) {
      const unreadable = asUnreadable(error, fallback);
      if (unreadable === undefined) throw error;
      onUnreadable(unreadable);
      return undefined;
    }
  };
  const root = quarantineHome(cache);
  for (const { name: id, kind } of (await look(root, () => files.list(root))) ?? []) {
    if (kind !== 'folder') continue;
    const item = await look(quarantineFolder(cache, id), () => describeItem(files, cache, id));
    if (item !== undefined && item.names.length > 0) items.push(item);
  }
  return items.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

async function describeItem(files: FilePort, cache: string, id: string): Promise<QuarantineItem> {
  const home = quarantineFolder(cache, id);
  const manifest = await readManifest(files, home);
  const names: string[] = [];
  let bytes = 0;
  for (const { name } of (await files.list(home)) ?? []) {
    const stat = await files.stat(path.join(home, name));
    if (stat?.kind !== 'file' || isNote(name)) continue;
    names.push(name);
    bytes += stat.bytes;
  }
  return { id, manifest, names, bytes, at: await dateItem(files, home, id, manifest) };
}

/** Without a manifest by the id, which begins with the time; the files' own times are from before they came here. */
async function dateItem(
  files: FilePort,
  home: string,
  id: string,
  manifest: QuarantineManifest | undefined,
): Promise<number> {
  const named = id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-[0-9a-f]{8}$/, '$1-$2-$3T$4:$5:$6Z');
  for (const at of [Date.parse(manifest?.at ?? ''), named === id ? Number.NaN : Date.parse(named)])
    if (!Number.isNaN(at)) return at;
  return (await files.stat(home))?.modified ?? 0;
}

/** A manifest, or what is left of one whose writer died before any file had come. */
function isNote(name: string): boolean {
  return name === MANIFEST_NAME || name === RESTORED_NAME || /^\.manifest\.json\.[0-9a-f]{12}\.tmp$/.test(name);
}
