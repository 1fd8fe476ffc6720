import path from 'node:path';
import { hasCode } from '../../market/almanac-error.js';
import { readRegistry } from '../checksums/read-registry.js';
import { quarantineHome } from '../commit/quarantine-manifest.js';
import type { FilePort } from '../files/file-port.js';
import { asUnreadable, type Unreadable } from '../files/unreadable.js';
import { CHECKSUMS_NAME, documentFolder, ownFolder, quarantineFolder, reportFile } from '../layout.js';
import { type Finding, findingOf } from './finding.js';
import { DEAD_AFTER_MS } from './judge-series.js';
import { unreadableFinding } from './judge-unreadable.js';
import { listQuarantine } from './list-quarantine.js';

/** What lies in the cache and is not ours: told, and never touched. */
export async function judgeForeignFolders(
  files: FilePort,
  cache: string,
  foreign: readonly string[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const below of foreign) {
    const target = path.join(cache, ...below.split('/'));
    const folder = (await files.stat(target))?.kind === 'folder';
    if (folder && (await holdsData(files, target, 3))) {
      const detail = 'it holds data, and its name is none that Almanac gives: cache migrate --from takes it in';
      findings.push(findingOf(below, 'orphan', 'none', detail));
    } else findings.push(findingOf(below, 'foreign', 'none', 'it is not ours; it is left alone'));
  }
  return findings;
}

async function holdsData(files: FilePort, folder: string, depth: number): Promise<boolean> {
  // One that may not be looked into is not ours all the same.
  for (const { name, kind } of (await files.list(folder).catch(() => undefined)) ?? []) {
    if (kind === 'file' && /\.(csv|csv\.gz|parquet|feather|arrow)$/.test(name)) return true;
    if (kind === 'folder' && depth > 0 && (await holdsData(files, path.join(folder, name), depth - 1))) return true;
  }
  return false;
}

/** What is in quarantine must still be what its manifest says, or it could not be restored. */
export async function judgeQuarantine(files: FilePort, cache: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  const root = below(cache, quarantineHome(cache));
  const unreadable = (each: Unreadable) => findings.push(unreadableFinding(cache, each));
  for (const { id, manifest, names } of await listQuarantine(files, cache, unreadable)) {
    const told = (detail: string, part: string) =>
      findings.push(findingOf(`${root}/${id}`, 'quarantine', 'none', detail, part));
    if (manifest === undefined) told(describeLost(names), '');
    for (const file of manifest?.files ?? []) {
      const stat = await files.stat(path.join(quarantineFolder(cache, id), file.name));
      if (stat !== undefined && stat.bytes !== file.bytes)
        told(`${file.name} has ${stat.bytes} bytes, and its manifest says ${file.bytes}`, file.name);
    }
    const unknown = manifest && names.find((name) => !manifest.files.some((file) => file.name === name));
    if (unknown !== undefined) told(`${unknown} is not in its manifest`, unknown);
  }
  return findings;
}

function describeLost(names: readonly string[]): string {
  const where = 'its manifest is lost, and with it where the files came from';
  return `${where}: ${names.join(', ')}. Put them back by hand, or purge them: --purge-quarantine --older-than 30d`;
}

/** Documents that every tool may read; each can be made anew, so one that is garbled is only in the way. */
export async function judgeReports(files: FilePort, cache: string): Promise<Finding[]> {
  const target = reportFile(cache, 'validation');
  const bytes = await files.readWhole(target);
  if (bytes === undefined || isObject(bytes)) return [];
  const detail = 'it is not a JSON document; cache validate-gaps writes it anew';
  return [findingOf(below(cache, target), 'report', 'quarantine', detail)];
}

export async function judgeRegistry(files: FilePort, cache: string): Promise<Finding[]> {
  const target = path.join(ownFolder(cache), CHECKSUMS_NAME);
  const told = (action: 'none' | 'rebuild', detail: string) => [
    findingOf(below(cache, target), 'registry', action, detail),
  ];
  try {
    const { garbled, failures } = readRegistry(await files.readWhole(target), target);
    return garbled ? told('rebuild', `only ${failures.length} of its entries can be read`) : [];
  } catch (error) {
    if (!hasCode(error, 'STORE_NEWER')) throw error;
    return told('none', 'it is of a newer format than this program knows, and is left alone');
  }
}

/** Documents are written beside their target too; a temporary one this old has no writer any more. */
export async function judgeOwnTemporary(files: FilePort, cache: string): Promise<Finding[]> {
  const folders = [ownFolder(cache), documentFolder(cache, 'limits'), documentFolder(cache, 'notes'), cache];
  const findings: Finding[] = [];
  for (const folder of folders) {
    const entries = await files.list(folder).catch((error: unknown) => {
      const unreadable = asUnreadable(error, folder);
      if (unreadable === undefined) throw error;
      findings.push(unreadableFinding(cache, unreadable));
      return undefined;
    });
    for (const { name, kind } of entries ?? []) {
      if (kind !== 'file' || !/\.json\.[0-9a-f]{12}\.tmp$/.test(name)) continue;
      const stat = await files.stat(path.join(folder, name));
      if (stat === undefined || Date.now() - stat.modified < DEAD_AFTER_MS) continue;
      const detail = 'a program died before it had published this';
      findings.push(findingOf(below(cache, path.join(folder, name)), 'temporary', 'sweep', detail));
    }
  }
  return findings;
}

function isObject(bytes: Uint8Array): boolean {
  try {
    const document: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof document === 'object' && document !== null;
  } catch {
    return false;
  }
}

function below(cache: string, target: string): string {
  return path.relative(cache, target).split(path.sep).join('/');
}
