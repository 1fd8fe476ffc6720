import path from 'node:path';
import { formatInstant } from '../../market/instant.js';
import { sha256 } from '../codec/gzip-block.js';
import { allocate } from '../codec/parse-text.js';
import { hashOpen } from '../commit/hash-file.js';
import type { Damage, VerifyReport } from '../face.js';
import type { FilePort } from '../files/file-port.js';
import { asUnreadable, describeUnreadable } from '../files/unreadable.js';
import { readSpan } from '../files/whole-file.js';
import { dataName } from '../layout.js';
import type { BlockEntry } from '../sidecar/sidecar.js';
import { BlockError, decodeUnindexed, parseBlock, readText } from './block.js';
import { type OpenYear, openYear, readSidecar } from './open-year.js';

/** Reads every byte of a year and holds it against everything its sidecar says. */
export async function verifyYear(files: FilePort, folder: string, year: number): Promise<VerifyReport> {
  try {
    return await verifyBytes(files, folder, year);
  } catch (error) {
    const unreadable = asUnreadable(error, path.join(folder, dataName(year)));
    if (unreadable === undefined) throw error;
    const reason = describeUnreadable(unreadable);
    return { blocks: 0, rows: 0, damaged: [{ year, period: undefined, reason, unreadable }] };
  }
}

async function verifyBytes(files: FilePort, folder: string, year: number): Promise<VerifyReport> {
  const damaged: Damage[] = [];
  const tell = (period: string | undefined, reason: string): number => damaged.push({ year, period, reason });
  const opened = await openYear(files, folder, year);
  if (opened === undefined) {
    tell(undefined, 'its data file is gone');
    return { blocks: 0, rows: 0, damaged };
  }
  try {
    if (opened.sidecar === undefined) return await verifyUnindexed(files, folder, opened, damaged);
    if (opened.state === 'damaged') tell(undefined, opened.reason ?? 'damaged');
    let rows = 0;
    for (const entry of opened.sidecar.blocks) {
      const fault = await faultOf(opened, entry);
      if (fault === undefined) rows += entry.rows;
      else tell(entry.period, fault);
    }
    if (damaged.length === 0 && (await hashOpen(opened.file)) !== opened.sidecar.file.sha256) {
      tell(
        undefined,
        'its sha256 does not match, though every block does: the header or the bytes between blocks are damaged',
      );
    }
    const blocks = opened.sidecar.blocks.length;
    return { blocks, rows, damaged };
  } finally {
    await opened.file.close();
  }
}

async function verifyUnindexed(
  files: FilePort,
  folder: string,
  opened: OpenYear,
  damaged: Damage[],
): Promise<VerifyReport> {
  const { year } = opened;
  const parsed = await readSidecar(files, folder, year);
  if (parsed?.state === 'bad') damaged.push({ year, period: undefined, reason: `its sidecar: ${parsed.reason}` });
  if (parsed?.state === 'sound') damaged.push({ year, period: undefined, reason: 'its sidecar describes other bytes' });
  try {
    const bars = await decodeUnindexed(await readSpan(opened.file, 0, opened.bytes), year);
    return { blocks: 0, rows: bars.time.length, damaged };
  } catch (error) {
    if (!(error instanceof BlockError)) throw error;
    damaged.push({ year, period: undefined, reason: error.message });
    return { blocks: 0, rows: 0, damaged };
  }
}

async function faultOf(opened: OpenYear, entry: BlockEntry): Promise<string | undefined> {
  const columns = opened.sidecar?.columns.slice(1) ?? [];
  try {
    const text = await readText(opened.file, entry);
    if (sha256(text) !== entry.textSha256) return 'its text does not match its hash';
    const bars = allocate(columns, entry.rows);
    parseBlock(text, entry, columns, { ...bars, offset: 0 });
    const spans =
      formatInstant(bars.time[0] as number) === entry.first && formatInstant(bars.time.at(-1) as number) === entry.last;
    return spans ? undefined : 'its first or last bar is not the one the index names';
  } catch (error) {
    if (error instanceof BlockError) return error.message;
    throw error;
  }
}
