import path from 'node:path';
import { refuseLeftover } from '../../legacy/leftovers.js';
import type { FilePort } from '../../store/files/file-port.js';
import type { JournalEntry } from './journal.js';
import type { FileOutcome, SeriesOutcome } from './migrate-series.js';
import { moveFile } from './move-file.js';

export interface Moved {
  readonly path: string;
  /** Why it stays; undefined where it was moved. */
  readonly reason?: string | undefined;
}

export interface MoveRequest {
  readonly files: FilePort;
  readonly from: string;
  readonly backup: string;
  readonly series: readonly SeriesOutcome[];
  /** What earlier runs proved: one of them may have been stopped between a file and its sidecar. */
  readonly journal: ReadonlyMap<string, JournalEntry>;
  readonly signal?: AbortSignal | undefined;
}

export const isProved = ({ state }: Pick<FileOutcome, 'state'>): boolean => state === 'proved' || state === 'already';

/** Of all files of its folder: it goes with the last of them. */
const SHARED = 'metadata.json';

/** Files whose rows are in the cache go to the backup, under the same names; then what belonged to them alone. */
export async function moveProved(request: MoveRequest): Promise<Moved[]> {
  const { files, from, backup, series, journal, signal } = request;
  const outcomes: Moved[] = [];
  const staying = new Set<string>();
  const going = new Set<string>();
  const move = async (name: string, sha256: string | undefined): Promise<boolean> => {
    const parts = name.split('/');
    const reason = await moveFile(files, path.join(from, ...parts), path.join(backup, ...parts), sha256).catch(explain);
    outcomes.push({ path: name, ...(reason === undefined ? {} : { reason }) });
    return reason === undefined;
  };
  for (const file of series.flatMap((each) => each.files)) {
    signal?.throwIfAborted();
    const { claim } = file.source;
    const moved = isProved(file) && (await move(claim.path, file.survey.sha256));
    for (const companion of claim.companions) (moved ? going : staying).add(companion);
  }
  for (const [name, { companions }] of journal) {
    for (const companion of companions) {
      if (!staying.has(companion) && !going.has(companion) && (await wasMoved(request, name))) going.add(companion);
    }
  }
  const isShared = (companion: string): boolean => path.posix.basename(companion) === SHARED;
  // The shared ones last: they look at what is left beside them.
  for (const companion of [...going].sort((a, b) => Number(isShared(a)) - Number(isShared(b)) || (a < b ? -1 : 1))) {
    if (staying.has(companion)) continue;
    const there = path.join(from, ...companion.split('/'));
    if ((await files.stat(there)) === undefined) continue;
    if (isShared(companion) && (await isNeeded(files, path.dirname(there)))) continue;
    await move(companion, undefined);
  }
  return outcomes;
}

/** A file stays beside it or below it that it may speak of: one that was refused, or that nobody asked for. */
async function isNeeded(files: FilePort, folder: string): Promise<boolean> {
  for (const { name, kind } of (await files.list(folder)) ?? []) {
    if (kind === 'folder' ? await isNeeded(files, path.join(folder, name)) : !isIdle(name)) return true;
  }
  return false;
}

/** Itself, and what a writer left behind. */
function isIdle(name: string): boolean {
  return name === SHARED || refuseLeftover(name, 'binary') !== undefined;
}

/** A file that the disk does not let go of stays, and the others go. */
function explain(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function wasMoved({ files, from, backup }: MoveRequest, name: string): Promise<boolean> {
  const parts = name.split('/');
  const left = await files.stat(path.join(from, ...parts));
  return left === undefined && (await files.stat(path.join(backup, ...parts)))?.kind === 'file';
}
