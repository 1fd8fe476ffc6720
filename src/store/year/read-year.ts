import path from 'node:path';
import { AlmanacError } from '../../market/almanac-error.js';
import { type Bars, barsWithin, selectColumns } from '../../market/bars.js';
import type { Range } from '../../market/range.js';
import { inflateMember } from '../codec/gzip-block.js';
import { allocate, type Target } from '../codec/parse-text.js';
import { headerText } from '../codec/write-text.js';
import type { Damage } from '../face.js';
import type { FilePort } from '../files/file-port.js';
import { asUnreadable, describeUnreadable, unreadableError } from '../files/unreadable.js';
import { readSpan } from '../files/whole-file.js';
import { dataName } from '../layout.js';
import type { BlockEntry } from '../sidecar/sidecar.js';
import { BlockError, decodeUnindexed, parseBlock, readText } from './block.js';
import { type OpenYear, openYear } from './open-year.js';

const TRIES = 5;
const PAUSE_MS = 20;

/** A year ready to be read: which of its blocks the range needs, or all its rows where it has no index. */
export interface YearReader {
  readonly year: number;
  readonly columns: readonly string[];
  readonly blocks: readonly BlockEntry[];
  /** Starts reading, proving and inflating a block; main-thread work begins when it is awaited. */
  text(entry: BlockEntry): Promise<BlockText>;
  /** The rows of a year without an index. */
  readonly unindexed: Bars | undefined;
  close(): Promise<void>;
}

/** A block's text, or what is wrong with it. */
export type BlockText = { readonly entry: BlockEntry; readonly text: Uint8Array } | { readonly damage: Damage };

export async function readYear(
  files: FilePort,
  folder: string,
  year: number,
  range: Range,
  onDamage: (damage: Damage) => void,
): Promise<YearReader | undefined> {
  try {
    return await startReading(files, folder, year, range, onDamage);
  } catch (error) {
    const unreadable = asUnreadable(error, path.join(folder, dataName(year)));
    if (unreadable === undefined) throw error;
    onDamage({ year, period: undefined, reason: describeUnreadable(unreadable), unreadable });
    return undefined;
  }
}

async function startReading(
  files: FilePort,
  folder: string,
  year: number,
  range: Range,
  onDamage: (damage: Damage) => void,
): Promise<YearReader | undefined> {
  const opened = await openYear(files, folder, year);
  if (opened === undefined) return undefined;
  const reader = new IndexedYear(files, folder, opened, range);
  try {
    if (opened.sidecar === undefined)
      return await readUnindexed(opened, range, onDamage, path.join(folder, dataName(year)));
    if (opened.state === 'damaged') onDamage({ year, period: undefined, reason: opened.reason ?? 'damaged' });
    else reader.startHeaderCheck(onDamage);
    return reader;
  } catch (error) {
    await opened.file.close();
    throw error;
  }
}

class IndexedYear implements YearReader {
  readonly year: number;
  readonly columns: readonly string[];
  readonly blocks: readonly BlockEntry[];
  readonly unindexed = undefined;
  #opened: OpenYear;
  #header: Promise<void> = Promise.resolve();
  readonly #files: FilePort;
  readonly #folder: string;

  constructor(files: FilePort, folder: string, opened: OpenYear, range: Range) {
    this.#files = files;
    this.#folder = folder;
    this.#opened = opened;
    this.year = opened.year;
    this.columns = opened.sidecar?.columns.slice(1) ?? [];
    this.blocks = (opened.sidecar?.blocks ?? []).filter(
      (block) => Date.parse(block.last) >= range.start && Date.parse(block.first) < range.end,
    );
  }

  /** Runs while the first block is read; its verdict is awaited before any row is given. */
  startHeaderCheck(onDamage: (damage: Damage) => void): void {
    this.#header = this.#checkHeader(onDamage);
    this.#header.catch(() => undefined);
  }

  /** The first member is not a block's, but every other tool begins with it. */
  async #checkHeader(onDamage: (damage: Damage) => void): Promise<void> {
    const bytes = await readSpan(this.#opened.file, 0, this.#opened.sidecar?.file.headerBytes ?? 0);
    const text = await inflateMember(bytes).catch(() => undefined);
    if (text !== undefined && Buffer.from(text).equals(headerText(this.columns))) return;
    onDamage({ year: this.year, period: undefined, reason: 'its header line cannot be read' });
  }

  /** A hash that does not match may be a commit caught between its two renames: the year is opened again before it is believed. */
  async text(entry: BlockEntry): Promise<BlockText> {
    let now: BlockEntry | undefined = entry;
    for (let attempt = 1; ; attempt++) {
      try {
        if (now === undefined) throw new BlockError('it is no longer in the file');
        const text = await readText(this.#opened.file, now);
        await this.#header;
        return { entry: now, text };
      } catch (error) {
        const damage = { year: this.year, period: entry.period };
        const unreadable = asUnreadable(error, path.join(this.#folder, dataName(this.year)));
        if (unreadable !== undefined)
          return { damage: { ...damage, reason: describeUnreadable(unreadable), unreadable } };
        if (!(error instanceof BlockError)) throw error;
        if (attempt >= TRIES) return { damage: { ...damage, reason: error.message } };
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      now = (await this.#reopen()).find((block) => block.period === entry.period);
    }
  }

  async #reopen(): Promise<readonly BlockEntry[]> {
    const again = await openYear(this.#files, this.#folder, this.year);
    if (again?.sidecar === undefined || again.sidecar.columns.slice(1).join() !== this.columns.join()) {
      await again?.file.close();
      return this.#opened.sidecar?.blocks ?? [];
    }
    await this.#header.catch(() => undefined); // it may still read the old file
    const old = this.#opened.file;
    this.#opened = again;
    await old.close().catch(() => undefined);
    return again.sidecar.blocks;
  }

  async close(): Promise<void> {
    await this.#header.catch(() => undefined); // it reads the file that is about to be closed
    return this.#opened.file.close();
  }
}

async function readUnindexed(
  opened: OpenYear,
  range: Range,
  onDamage: (damage: Damage) => void,
  name: string,
): Promise<YearReader> {
  const { year, file, bytes } = opened;
  const close = (): Promise<void> => file.close();
  try {
    const bars = barsWithin(await decodeUnindexed(await readSpan(file, 0, bytes), year), range);
    return { year, columns: bars.columns, blocks: [], unindexed: bars, close, text: neverIndexed };
  } catch (error) {
    if (!(error instanceof BlockError)) throw error;
    onDamage({ year, period: undefined, reason: `${name} has no sidecar to salvage it by, and ${error.message}` });
    return { year, columns: [], blocks: [], unindexed: undefined, close, text: neverIndexed };
  }
}

function neverIndexed(): Promise<never> {
  return Promise.reject(new Error('a year without an index has no blocks'));
}

/** Parses a proved text into columns; a text that is proved and still wrong was written wrong. */
export function parseInto(
  block: { readonly entry: BlockEntry; readonly text: Uint8Array },
  columns: readonly string[],
  into: Bars,
  offset: number,
): void {
  const target: Target & { columns: readonly string[] } = {
    time: into.time,
    values: into.values,
    columns: into.columns,
    offset,
  };
  parseBlock(block.text, block.entry, columns, target);
}

export function parseWhole(
  block: { readonly entry: BlockEntry; readonly text: Uint8Array },
  columns: readonly string[],
  wanted: readonly string[],
): Bars {
  const present = wanted.filter((name) => columns.includes(name));
  const bars = allocate(present, block.entry.rows);
  parseInto(block, columns, bars, 0);
  return selectColumns(bars, wanted);
}

export function refuseDamage(folder: string): (damage: Damage) => never {
  return ({ year, period, reason, unreadable }) => {
    if (unreadable !== undefined) throw unreadableError(unreadable);
    throw new AlmanacError(
      'STORE_DAMAGED',
      `${path.join(folder, dataName(year))}${period === undefined ? '' : `, block ${period}`}: ${reason}`,
      {
        suggestions: [
          'almanac cache cleanup --validate-and-cleanup: it keeps every sound block, and the next populate fetches the lost ones',
        ],
      },
    );
  };
}
