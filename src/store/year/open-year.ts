import path from 'node:path';
import { AlmanacError } from '../../market/almanac-error.js';
import { sha256 } from '../codec/gzip-block.js';
import type { FilePort, OpenFile } from '../files/file-port.js';
import { folderInPlace } from '../files/unreadable.js';
import { readSpan } from '../files/whole-file.js';
import { dataName, decodeSymbol, parseTempName, sidecarName } from '../layout.js';
import type { Sidecar } from '../sidecar/sidecar.js';
import { type ParsedSidecar, parseSidecar } from '../sidecar/sidecar-text.js';
import { readMember } from './block.js';

const TRIES = 5;
const PAUSE_MS = 20;

/** A data file held open: what a later commit renames over it does not change what this reads. */
export interface OpenYear {
  readonly year: number;
  readonly file: OpenFile;
  readonly bytes: number;
  readonly state: 'sound' | 'no-sidecar' | 'damaged';
  /** In state `no-sidecar` there is none; in `damaged` it says what the file should be. */
  readonly sidecar: Sidecar | undefined;
  readonly reason?: string;
}

/**
 * Opens a year for reading without a lock. Between a commit's two renames the sidecar does not fit the data for a
 * moment, so a misfit is looked at again before it is believed; after a writer's death it stays, and the new sidecar
 * still lies beside as the writer's temporary file.
 */
export async function openYear(files: FilePort, folder: string, year: number): Promise<OpenYear | undefined> {
  for (let attempt = 1; ; attempt++) {
    const parsed = await readSidecar(files, folder, year);
    const data = path.join(folder, dataName(year));
    const stat = await files.stat(data);
    if (stat?.kind === 'folder') throw folderInPlace(data);
    if (stat === undefined) {
      if (parsed === undefined || attempt >= TRIES) return undefined;
    } else {
      const file = await files.open(data, 'read');
      const opened = await fit(files, folder, year, file, parsed, attempt).catch(async (error: unknown) => {
        await file.close();
        throw error;
      });
      if (opened !== undefined) return opened;
      await file.close();
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** A sidecar that speaks of another series was moved here with or without its data, and proves nothing of what is here. */
export async function readSidecar(files: FilePort, folder: string, year: number): Promise<ParsedSidecar | undefined> {
  const bytes = await files.readWhole(path.join(folder, sidecarName(year)));
  const parsed = bytes && parseSidecar(bytes);
  if (parsed?.state !== 'sound' || isOf(parsed.sidecar, folder, year)) return parsed;
  const { symbol, timeframe } = parsed.sidecar;
  return { state: 'bad', reason: `it is the sidecar of ${symbol} ${timeframe} ${parsed.sidecar.year}` };
}

function isOf(sidecar: Sidecar, folder: string, year: number): boolean {
  const symbol = decodeSymbol(path.basename(path.dirname(folder)));
  return sidecar.year === year && sidecar.timeframe === path.basename(folder) && sidecar.symbol === symbol;
}

async function fit(
  files: FilePort,
  folder: string,
  year: number,
  file: OpenFile,
  parsed: ParsedSidecar | undefined,
  attempt: number,
): Promise<OpenYear | undefined> {
  const bytes = await file.size();
  const opened = { year, file, bytes } as const;
  if (parsed?.state === 'newer') throw newerVersion(path.join(folder, sidecarName(year)), parsed.schemaVersion);
  if (parsed?.state === 'sound' && parsed.sidecar.file.bytes === bytes)
    return { ...opened, state: 'sound', sidecar: parsed.sidecar };
  if (attempt < TRIES) return undefined;
  const pending = await findPendingSidecar(files, folder, year, bytes, async () =>
    sha256(await readSpan(file, 0, bytes)),
  );
  if (pending !== undefined) return { ...opened, state: 'sound', sidecar: pending.sidecar };
  if (
    parsed?.state === 'sound' &&
    (endsInHeader(bytes, parsed.sidecar) || (await holdsAnyBlock(file, parsed.sidecar)))
  ) {
    const reason = `the file has ${bytes} bytes, and its sidecar says ${parsed.sidecar.file.bytes}`;
    return { ...opened, state: 'damaged', sidecar: parsed.sidecar, reason };
  }
  return {
    ...opened,
    state: 'no-sidecar',
    sidecar: undefined,
    reason: parsed?.state === 'bad' ? parsed.reason : 'there is no sidecar that fits',
  };
}

/** Cut so short that no block is left to know it by; read as it is, it would pass for a year without rows. */
function endsInHeader(bytes: number, { blocks, file }: Sidecar): boolean {
  return blocks.length > 0 && bytes <= file.headerBytes;
}

/** The sidecar a dead writer had ready for exactly this data. */
export async function findPendingSidecar(
  files: FilePort,
  folder: string,
  year: number,
  bytes: number,
  hash: () => Promise<string>,
): Promise<{ readonly name: string; readonly sidecar: Sidecar } | undefined> {
  for (const entry of (await files.list(folder)) ?? []) {
    const temp = parseTempName(entry.name);
    if (temp?.year !== year || temp.role !== 'sidecar' || entry.kind !== 'file') continue;
    const content = await files.readWhole(path.join(folder, entry.name)).catch(() => undefined);
    const parsed = content && parseSidecar(content);
    if (parsed?.state !== 'sound' || parsed.sidecar.file.bytes !== bytes) continue;
    if (parsed.sidecar.file.sha256 === (await hash())) return { name: entry.name, sidecar: parsed.sidecar };
  }
  return undefined;
}

/** Whether the file is the sidecar's, though hurt, rather than another file under its name. */
async function holdsAnyBlock(file: OpenFile, sidecar: Sidecar): Promise<boolean> {
  for (const entry of sidecar.blocks) {
    const found = await readMember(file, entry).catch(() => undefined);
    if (found !== undefined) return true;
  }
  return false;
}

export function newerVersion(file: string, version: number): AlmanacError {
  return new AlmanacError(
    'STORE_NEWER',
    `${file} is of format version ${version}; this program knows version 1 and leaves it alone`,
    {
      suggestions: ['npm install --global almanac@latest'],
    },
  );
}
