import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { AlmanacError, hasCode } from '../../market/almanac-error.js';
import type { FilePort, OpenFile } from '../files/file-port.js';
import { writeNew } from '../files/whole-file.js';
import { dataName, previousDataName, previousSidecarName, sidecarName, tempName } from '../layout.js';
import type { BlockEntry, Sidecar } from '../sidecar/sidecar.js';
import { formatSidecar, parseSidecar } from '../sidecar/sidecar-text.js';
import { type EncodedBlock, encodeHeader, readMember } from '../year/block.js';
import { readSidecar } from '../year/open-year.js';
import type { SeriesLock } from './series-lock.js';

/** A block of the next generation: new bytes, or the old file's, copied and proved on the way. */
export type Piece = EncodedBlock | { readonly from: OpenFile; readonly entry: BlockEntry };

export interface NextYear {
  /** All but what follows from the bytes. */
  readonly draft: Omit<Sidecar, 'file' | 'blocks' | 'rows' | 'first' | 'last'>;
  /** In order; one may still be compressing while those before it are written. */
  readonly pieces: readonly (Piece | Promise<Piece>)[];
  /** The generation this one was made from; undefined where there was none. */
  readonly basedOn: number | undefined;
  /** Keep what is replaced as `.prev`: not where it is known to be damaged. */
  readonly keepPrevious: boolean;
}

export interface CommitContext {
  readonly files: FilePort;
  readonly folder: string;
  readonly lock: SeriesLock;
}

/**
 * Publishes a generation, or leaves everything as it was. Both files are written beside their targets and made
 * durable first; the rename of the data is the point of commit, and from there recovery can only roll forward,
 * because the sidecar that fits is on disk already.
 */
export async function commitYear({ files, folder, lock }: CommitContext, next: NextYear): Promise<Sidecar> {
  const { year } = next.draft;
  const txid = randomBytes(12).toString('hex');
  const at = (name: string): string => path.join(folder, name);
  const temps = {
    data: at(tempName(year, txid, 'data')),
    sidecar: at(tempName(year, txid, 'sidecar')),
    prev: at(tempName(year, txid, 'prev')),
  };
  let sidecar: Sidecar;
  try {
    sidecar = await writeData(files, temps.data, next);
    await writeNew(files, temps.sidecar, [spellSidecar(sidecar, at(dataName(year)))]);
    await files.syncFolder(folder);
    if (next.keepPrevious) {
      await keepPrevious(files, at(dataName(year)), temps.prev, at(previousDataName(year)));
      await keepPrevious(files, at(sidecarName(year)), temps.prev, at(previousSidecarName(year)));
    }
    await lock.assertHeld();
    await assertUnchanged(files, folder, year, next.basedOn);
    await files.rename(temps.data, at(dataName(year)));
  } catch (error) {
    for (const temp of Object.values(temps)) await files.unlink(temp).catch(() => undefined);
    throw error;
  }
  await files.rename(temps.sidecar, at(sidecarName(year)));
  await files.syncFolder(folder);
  return sidecar;
}

async function writeData(files: FilePort, target: string, next: NextYear): Promise<Sidecar> {
  const header = await encodeHeader(next.draft.columns.slice(1));
  const hash = createHash('sha256');
  const blocks: BlockEntry[] = [];
  async function* members(): AsyncGenerator<Uint8Array> {
    hash.update(header);
    yield header;
    let offset = header.length;
    for (const pending of next.pieces) {
      const piece = await pending;
      const member = 'member' in piece ? piece.member : await readMember(piece.from, piece.entry);
      blocks.push({ ...piece.entry, offset });
      offset += member.length;
      hash.update(member);
      yield member;
    }
  }
  const bytes = await writeNew(files, target, members());
  const { provenance, explained, rejected, writtenBy, updatedAt, ...identity } = next.draft;
  return {
    ...identity,
    rows: blocks.reduce((sum, block) => sum + block.rows, 0),
    first: blocks[0]?.first,
    last: blocks.at(-1)?.last,
    file: { bytes, sha256: hash.digest('hex'), headerBytes: header.length },
    blocks,
    provenance,
    explained,
    rejected,
    writtenBy,
    updatedAt,
  };
}

/** Proved to be readable before it is published: rows whose index nobody can read would be lost to the next write. */
function spellSidecar(sidecar: Sidecar, target: string): Uint8Array {
  const bytes = formatSidecar(sidecar);
  const again = parseSidecar(bytes);
  if (again.state === 'sound') return bytes;
  const why = again.state === 'bad' ? again.reason : 'it would pass for a newer one';
  throw new AlmanacError(
    'BARS_INVALID',
    `${target} would get a sidecar that cannot be read (${why}); nothing was written`,
  );
}

/** A second name for the generation about to be replaced: free where there are hard links. */
async function keepPrevious(files: FilePort, current: string, temp: string, previous: string): Promise<void> {
  if ((await files.stat(current)) === undefined) return;
  await files.link(current, temp);
  await files.rename(temp, previous);
  // Where both are the same file already, rename does nothing and leaves the temporary name.
  await files.unlink(temp).catch(() => undefined);
}

/** Compare and swap: the lock should have kept others away, and this proves that it did. */
async function assertUnchanged(
  files: FilePort,
  folder: string,
  year: number,
  basedOn: number | undefined,
): Promise<void> {
  if (basedOn === undefined) return;
  const now = await readSidecar(files, folder, year);
  if (now?.state === 'sound' && now.sidecar.generation === basedOn) return;
  throw new AlmanacError(
    'STORE_CONFLICT',
    `${path.join(folder, dataName(year))} was changed by another program during the write; nothing was published`,
  );
}

/** A disk's own refusals, as one sentence a person can act on. */
export function explainDiskError(error: unknown, folder: string): unknown {
  if (hasCode(error, 'ENOSPC') || hasCode(error, 'EDQUOT')) {
    return new AlmanacError('STORE_FULL', `the disk is full: ${folder} was left as it was`, {
      cause: error,
      suggestions: ['free some space and run the same command again'],
    });
  }
  for (const code of ['EACCES', 'EPERM', 'EROFS', 'EIO', 'EMFILE', 'ELOOP', 'ENOENT', 'ENOTDIR', 'EISDIR']) {
    if (hasCode(error, code))
      return new AlmanacError('STORE_UNUSABLE', `${folder} ${describeRefusal(code)} (${code})`, { cause: error });
  }
  return error;
}

function describeRefusal(code: string): string {
  if (code === 'EACCES' || code === 'EPERM') return 'may not be written by this user';
  if (code === 'EROFS') return 'is on a disk that is read-only';
  return code === 'ENOTDIR' ? 'cannot be made a folder: part of that path is a file' : 'cannot be written';
}
