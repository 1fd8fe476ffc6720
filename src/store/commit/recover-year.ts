import path from 'node:path';
import type { FilePort } from '../files/file-port.js';
import { dataName, parseTempName, sidecarName } from '../layout.js';
import type { Sidecar } from '../sidecar/sidecar.js';
import { parseSidecar } from '../sidecar/sidecar-text.js';
import { findPendingSidecar, newerVersion, readSidecar } from '../year/open-year.js';
import { hashFile } from './hash-file.js';

/** What a writer finds, once what a dead writer left has been rolled forward or swept up. */
export type YearState =
  | { readonly kind: 'none' }
  | { readonly kind: 'sound'; readonly sidecar: Sidecar }
  /** The data is there and its sidecar is not, or is another's: to be rebuilt from the rows. */
  | { readonly kind: 'unindexed'; readonly reason: string }
  /** Data or sidecar is hurt. */
  | { readonly kind: 'damaged'; readonly sidecar: Sidecar; readonly reason: string };

/**
 * Called under the series lock before every write, and twice does no more than once. `thorough` reads the whole file;
 * without it a year that has no temporary files and the right size is taken as sound, because every block is proved
 * again when it is read or copied.
 */
export async function recoverYear(files: FilePort, folder: string, year: number, thorough = false): Promise<YearState> {
  const temps = await listTemps(files, folder, year);
  const parsed = await readSidecar(files, folder, year);
  if (parsed?.state === 'newer') throw newerVersion(path.join(folder, sidecarName(year)), parsed.schemaVersion);
  const sidecar = parsed?.state === 'sound' ? parsed.sidecar : undefined;
  const data = path.join(folder, dataName(year));
  const stat = await files.stat(data);
  if (stat === undefined) return recoverWithoutData(files, folder, year, sidecar, temps);
  if (sidecar?.file.bytes === stat.bytes && temps.length === 0 && !thorough) return { kind: 'sound', sidecar };

  const hash = await hashFile(files, data);
  if (sidecar !== undefined && sidecar.file.sha256 === hash) {
    await sweep(files, folder, temps);
    return { kind: 'sound', sidecar };
  }
  const pending = await findPendingSidecar(files, folder, year, stat.bytes, async () => hash);
  if (pending !== undefined) {
    await files.rename(path.join(folder, pending.name), path.join(folder, sidecarName(year)));
    await files.syncFolder(folder);
    await sweep(
      files,
      folder,
      temps.filter((name) => name !== pending.name),
    );
    return { kind: 'sound', sidecar: pending.sidecar };
  }
  if (sidecar !== undefined) {
    return {
      kind: 'damaged',
      sidecar,
      reason: `its sha256 is ${hash.slice(0, 12)}…, and its sidecar says ${sidecar.file.sha256.slice(0, 12)}…`,
    };
  }
  return { kind: 'unindexed', reason: parsed === undefined ? 'it has no sidecar' : 'its sidecar cannot be read' };
}

/** A sidecar whose data is gone: a temporary file may still be that data. */
async function recoverWithoutData(
  files: FilePort,
  folder: string,
  year: number,
  sidecar: Sidecar | undefined,
  temps: readonly string[],
): Promise<YearState> {
  if (sidecar === undefined) {
    await sweep(files, folder, temps);
    return { kind: 'none' };
  }
  for (const name of temps.filter((temp) => parseTempName(temp)?.role === 'data')) {
    if ((await hashFile(files, path.join(folder, name))) !== sidecar.file.sha256) continue;
    await files.rename(path.join(folder, name), path.join(folder, dataName(year)));
    await files.syncFolder(folder);
    await sweep(
      files,
      folder,
      temps.filter((temp) => temp !== name),
    );
    return { kind: 'sound', sidecar };
  }
  return { kind: 'damaged', sidecar, reason: 'its data file is gone' };
}

async function listTemps(files: FilePort, folder: string, year: number): Promise<string[]> {
  const entries = (await files.list(folder)) ?? [];
  return entries.filter((entry) => parseTempName(entry.name)?.year === year).map((entry) => entry.name);
}

/** Removes what a dead writer had not published: under the lock no temporary file is anybody's. */
async function sweep(files: FilePort, folder: string, temps: readonly string[]): Promise<void> {
  for (const name of temps) await files.unlink(path.join(folder, name)).catch(() => undefined);
}

export async function sweepYear(files: FilePort, folder: string, year: number): Promise<void> {
  await sweep(files, folder, await listTemps(files, folder, year));
}

/** The generation before this one, where it was kept and is whole. */
export async function readPreviousSidecar(files: FilePort, folder: string, name: string): Promise<Sidecar | undefined> {
  const bytes = await files.readWhole(path.join(folder, name)).catch(() => undefined);
  const parsed = bytes && parseSidecar(bytes);
  return parsed?.state === 'sound' ? parsed.sidecar : undefined;
}
