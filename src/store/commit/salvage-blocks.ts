import path from 'node:path';
import { OHLCV, selectColumns } from '../../market/bars.js';
import { blockSpan } from '../../market/block.js';
import type { OpenFile } from '../files/file-port.js';
import { readSpan } from '../files/whole-file.js';
import { dataName, previousDataName } from '../layout.js';
import type { BlockEntry, Sidecar } from '../sidecar/sidecar.js';
import { decodeBlock } from '../year/block.js';
import { unionColumns } from '../year/column-order.js';
import { proveBlock } from '../year/prove-block.js';
import { findShifted, scanMembers } from '../year/scan-members.js';
import { findData } from './find-strays.js';
import { type SavedRows, salvageRows } from './salvage-rows.js';
import type { YearContext } from './year-context.js';

/** A sound block: as it lies in a file that is held open, or as rows, where no index names its bytes. */
export type SoundBlock =
  | {
      readonly period: string;
      readonly file: OpenFile;
      readonly entry: BlockEntry;
      readonly from: Sidecar;
      readonly time: Float64Array;
    }
  | SavedRows;

export interface Salvaged {
  /** With `timestamp` first. */
  readonly columns: readonly string[];
  /** In order. */
  readonly blocks: readonly SoundBlock[];
  close(): Promise<void>;
}

/**
 * Every block of a year that can still be proved, wherever it lies: in its file where the index says, elsewhere in it,
 * in another file with which it was swapped, or in the generation before; and the rows of a file that is whole, though
 * no hash fits its bytes. `own`: what lies in its place is its own.
 */
export async function salvageBlocks(
  context: YearContext,
  year: number,
  expected: Sidecar | undefined,
  previous: Sidecar | undefined,
  own: boolean,
): Promise<Salvaged> {
  const { files, folder, cache } = context;
  const open: OpenFile[] = [];
  const close = async (): Promise<void> => {
    for (const file of open) await file.close().catch(() => undefined);
  };
  const opened = async (target: string): Promise<OpenFile | undefined> => {
    if ((await files.stat(target))?.kind !== 'file') return undefined;
    const file = await files.open(target, 'read');
    open.push(file);
    return file;
  };
  const sound = new Map<string, SoundBlock>();
  const columns = (expected ?? previous)?.columns;

  async function take(from: Sidecar, file: OpenFile | undefined, entries: readonly BlockEntry[]): Promise<void> {
    if (file === undefined || from.columns.join() !== columns?.join()) return;
    for (const entry of entries) {
      // A block the current index no longer names was removed on purpose.
      if (expected !== undefined && !expected.blocks.some(({ period }) => period === entry.period)) continue;
      const rows = await proveBlock(file, entry, from.columns.slice(1)).catch(() => undefined);
      if (rows !== undefined) sound.set(entry.period, { period: entry.period, file, entry, from, time: rows.time });
    }
  }
  const lacking = (): BlockEntry[] =>
    (expected?.blocks ?? []).filter((entry) => {
      const block = sound.get(entry.period);
      return block === undefined || !('entry' in block) || block.entry.textSha256 !== entry.textSha256;
    });

  try {
    if (previous !== undefined)
      await take(previous, await opened(path.join(folder, previousDataName(year))), previous.blocks);
    const data = await opened(path.join(folder, dataName(year)));
    if (expected !== undefined) {
      await take(expected, data, expected.blocks);
      if (lacking().length > 0 && data !== undefined)
        await take(expected, data, await findShifted(await readAll(data), lacking()));
      if (lacking().length > 0) {
        const donor = await findData(files, cache, expected.file);
        if (donor !== undefined) await take(expected, await opened(donor), lacking());
      }
      if (own && lacking().length > 0 && data !== undefined) {
        const found = new Set(lacking().map(({ period }) => period));
        for (const saved of await salvageRows(context, year, expected, data))
          if (found.has(saved.period) || !sound.has(saved.period)) sound.set(saved.period, saved);
      }
    }
    const scanned =
      expected === undefined && own && data !== undefined
        ? await scanMembers(await readAll(data), year, blockSpan(context.timeframe))
        : undefined;
    for (const block of scanned?.blocks ?? []) sound.set(block.period, { ...block, from: undefined });
    const blocks = [...sound.values()].sort((a, b) => (a.period < b.period ? -1 : 1));
    const names = blocks.length > 0 ? oneLayout(blocks) : (columns?.slice(1) ?? scanned?.columns ?? OHLCV);
    const laid = await Promise.all(blocks.map((block) => layOut(block, names)));
    return { columns: ['timestamp', ...names], blocks: laid, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function columnsOf(block: SoundBlock): readonly string[] {
  return 'bars' in block ? block.bars.columns : block.from.columns.slice(1);
}

/** The columns that all of them have, or else all that any of them has. */
function oneLayout(blocks: readonly SoundBlock[]): readonly string[] {
  const [first, ...others] = blocks.map(columnsOf) as [readonly string[], ...(readonly string[])[]];
  const alike = others.every((columns) => columns.join() === first.join());
  return alike ? first : unionColumns(first, others.flat());
}

/** A block can only be copied under a header that names exactly its columns: others are spelled anew. */
async function layOut(block: SoundBlock, columns: readonly string[]): Promise<SoundBlock> {
  const own = columnsOf(block);
  if (own.join() === columns.join()) return block;
  const bars = 'bars' in block ? block.bars : await decodeBlock(block.file, block.entry, own);
  return { period: block.period, bars: selectColumns(bars, columns), from: block.from };
}

async function readAll(file: OpenFile): Promise<Uint8Array> {
  return readSpan(file, 0, await file.size());
}
