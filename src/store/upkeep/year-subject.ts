import path from 'node:path';
import type { Bars } from '../../market/bars.js';
import type { Timeframe } from '../../market/timeframe.js';
import { inflateMember, sha256Aside } from '../codec/gzip-block.js';
import type { FilePort, OpenFile } from '../files/file-port.js';
import { readSpan } from '../files/whole-file.js';
import { dataName, sidecarName } from '../layout.js';
import type { BlockEntry, Sidecar } from '../sidecar/sidecar.js';
import type { ParsedSidecar } from '../sidecar/sidecar-text.js';
import type { OpenYear } from '../year/open-year.js';
import type { SeriesOnDisk } from './walk-cache.js';

/** A year under judgement: its file held open, with what the judges before have found out about it. */
export interface YearSubject {
  readonly files: FilePort;
  readonly series: SeriesOnDisk;
  readonly timeframe: Timeframe;
  readonly year: number;
  /** From the cache's root. */
  readonly dataPath: string;
  readonly sidecarPath: string;
  /** Undefined where the data file is gone. */
  readonly opened: OpenYear | undefined;
  /** What lies under the sidecar's name, which need not be what `opened` is read by. */
  readonly parsed: ParsedSidecar | undefined;
  /** The open time of every row of each block that was read. */
  readonly times: Map<string, Float64Array>;
  /** Set where the rest cannot be judged any more. */
  broken: boolean;
}

/** A block under judgement; each thing is made when a judge first asks for it, and once. */
export interface BlockSubject {
  readonly year: YearSubject;
  readonly sidecar: Sidecar;
  readonly entry: BlockEntry;
  /** Its bytes, and their hash. */
  member(): Promise<{ readonly bytes: Uint8Array; readonly sha256: string }>;
  /** Its text, as far as it inflates. */
  inflate(): Promise<Uint8Array>;
  /** Set by the judge of gzip. */
  text: Uint8Array | undefined;
  /** Set by the judge of rows. */
  bars: Bars | undefined;
  /** Lets its memory go. */
  release(): void;
}

export function describeYear(
  files: FilePort,
  series: SeriesOnDisk,
  year: number,
  opened: OpenYear | undefined,
  parsed: ParsedSidecar | undefined,
): YearSubject {
  return {
    files,
    series,
    timeframe: series.timeframe,
    year,
    dataPath: `${series.path}/${dataName(year)}`,
    sidecarPath: `${series.path}/${sidecarName(year)}`,
    opened,
    parsed,
    times: new Map(),
    broken: false,
  };
}

export function describeBlock(year: YearSubject, sidecar: Sidecar, file: OpenFile, entry: BlockEntry): BlockSubject {
  let member: ReturnType<BlockSubject['member']> | undefined;
  const read = async () => {
    const bytes = await readSpan(file, entry.offset, entry.length);
    return { bytes, sha256: await sha256Aside(bytes) };
  };
  let inflated: Promise<Uint8Array> | undefined;
  return {
    year,
    sidecar,
    entry,
    member() {
      member ??= read();
      member.catch(() => undefined); // whoever asks first meets it; it may have been asked for ahead
      return member;
    },
    inflate() {
      inflated ??= this.member().then(({ bytes }) => inflateMember(bytes));
      inflated.catch(() => undefined);
      return inflated;
    },
    text: undefined,
    bars: undefined,
    release() {
      member = undefined;
      inflated = undefined;
      this.text = undefined;
      this.bars = undefined;
    },
  };
}

/** Where it lies, its size and when it was written: what acting compares before it touches anything. */
export interface Seen {
  readonly name: string;
  readonly bytes: number;
  readonly modified: number;
}

export async function seeFiles(files: FilePort, folder: string, names: readonly string[]): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const name of names) {
    const stat = await files.stat(path.join(folder, name));
    if (stat !== undefined) seen.push({ name, bytes: stat.bytes, modified: stat.modified });
  }
  return seen;
}
