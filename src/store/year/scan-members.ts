import type { Bars } from '../../market/bars.js';
import { type BlockSpan, blockPeriod } from '../../market/block.js';
import { inflateMember, sha256Aside } from '../codec/gzip-block.js';
import { allocate, countRows, parseText } from '../codec/parse-text.js';
import { faultOfColumns } from '../sidecar/column-names.js';
import type { BlockEntry } from '../sidecar/sidecar.js';

/** How every member of ours begins: deflate, no flags, time 0. */
const MAGIC = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);

function memberOffsets(bytes: Uint8Array): number[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const offsets: number[] = [];
  for (let at = buffer.indexOf(MAGIC); at >= 0; at = buffer.indexOf(MAGIC, at + MAGIC.length)) offsets.push(at);
  return offsets;
}

/** Blocks that lie whole in the file, only not where their index says: bytes before them were lost or put in. */
export async function findShifted(bytes: Uint8Array, entries: readonly BlockEntry[]): Promise<BlockEntry[]> {
  const found: BlockEntry[] = [];
  for (const offset of memberOffsets(bytes)) {
    for (const entry of entries) {
      const member = bytes.subarray(offset, offset + entry.length);
      if (member.length !== entry.length || (await sha256Aside(member)) !== entry.sha256) continue;
      found.push({ ...entry, offset });
    }
  }
  return found;
}

export interface ScannedBlock {
  readonly period: string;
  readonly bars: Bars;
}

export interface Scanned {
  readonly columns: readonly string[];
  readonly blocks: readonly ScannedBlock[];
}

/**
 * The members of a file without an index that are whole by their own check sums, and rows of this year. Undefined where
 * its header is lost: then nobody can say which column is which.
 */
export async function scanMembers(bytes: Uint8Array, year: number, span: BlockSpan): Promise<Scanned | undefined> {
  const offsets = memberOffsets(bytes);
  const texts: Uint8Array[] = [];
  for (const [i, offset] of offsets.entries()) {
    const text = await inflateMember(bytes.subarray(offset, offsets[i + 1])).catch(() => undefined);
    if (text !== undefined) texts.push(text);
  }
  const header = Buffer.from(texts[0] ?? [])
    .toString('utf8')
    .trimEnd()
    .split(',');
  const columns = header.slice(1);
  if (header[0] !== 'timestamp' || columns.length === 0 || faultOfColumns(columns) !== undefined) return undefined;
  const blocks = texts.slice(1).flatMap((text) => blockOf(text, columns, year, span) ?? []);
  const ordered = blocks.every((block, i) => i === 0 || (blocks[i - 1] as ScannedBlock).period < block.period);
  return { columns, blocks: ordered ? blocks : [] };
}

function blockOf(text: Uint8Array, columns: string[], year: number, span: BlockSpan): ScannedBlock | undefined {
  try {
    const bars = allocate(columns, countRows(text));
    parseText(text, { columns, wanted: columns, rows: bars.time.length }, { ...bars, offset: 0 });
    const [first, last] = [bars.time[0], bars.time.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    const period = blockPeriod(span, first);
    return period === blockPeriod(span, last) && period.startsWith(String(year)) ? { period, bars } : undefined;
  } catch {
    return undefined;
  }
}
