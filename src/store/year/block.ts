import { type Bars, barsWithin, rowCount } from '../../market/bars.js';
import { formatInstant } from '../../market/instant.js';
import { yearRange } from '../../market/range.js';
import { deflateMember, inflateMember, sha256, sha256Aside } from '../codec/gzip-block.js';
import { allocate, countRows, parseText, type Target, TextError } from '../codec/parse-text.js';
import { headerText, writeText } from '../codec/write-text.js';
import type { OpenFile } from '../files/file-port.js';
import { readSpan } from '../files/whole-file.js';
import { faultOfColumns } from '../sidecar/column-names.js';
import type { BlockEntry } from '../sidecar/sidecar.js';

/** What is wrong with a block, in words a person can read. */
export class BlockError extends Error {
  override readonly name = 'BlockError';
}

/** A file that is whole, and not ours: its header names columns that no year-file can have. */
export class ForeignError extends BlockError {}

/** A block's bytes and all its index says of them, but for where they will lie. */
export interface EncodedBlock {
  readonly member: Uint8Array;
  readonly entry: Omit<BlockEntry, 'offset'>;
}

export function encodeHeader(columns: readonly string[]): Promise<Uint8Array> {
  return deflateMember(headerText(columns));
}

export function encodeBlock(period: string, bars: Bars): Promise<EncodedBlock> {
  const span = {
    rows: rowCount(bars),
    first: formatInstant(bars.time[0] as number),
    last: formatInstant(bars.time.at(-1) as number),
  };
  return encodeText(period, writeText(bars), span);
}

/** Later rows behind a block's own text: nothing that is there already is parsed or spelled again. */
export async function appendToBlock(file: OpenFile, entry: BlockEntry, later: Bars): Promise<EncodedBlock> {
  const text = Buffer.concat([await readText(file, entry), writeText(later)]);
  const span = {
    rows: entry.rows + rowCount(later),
    first: entry.first,
    last: formatInstant(later.time.at(-1) as number),
  };
  return encodeText(entry.period, text, span);
}

async function encodeText(
  period: string,
  text: Uint8Array,
  span: Pick<BlockEntry, 'rows' | 'first' | 'last'>,
): Promise<EncodedBlock> {
  const [member, textSha256] = await Promise.all([deflateMember(text), sha256Aside(text)]);
  const entry = {
    period,
    ...span,
    length: member.length,
    sha256: sha256(member),
    textSha256,
  };
  return { member, entry };
}

/** The block's bytes as they lie in the file, proved by their hash. */
export async function readMember(file: OpenFile, entry: BlockEntry): Promise<Uint8Array> {
  const member = await readSpan(file, entry.offset, entry.length);
  if (member.length !== entry.length) throw new BlockError('the file ends before the block does');
  if ((await sha256Aside(member)) !== entry.sha256) throw new BlockError('its bytes do not match their sha256');
  return member;
}

/** The block's text, proved. It inflates while its hash is made, and is given only once both agree. */
export async function readText(file: OpenFile, entry: BlockEntry): Promise<Uint8Array> {
  const member = await readSpan(file, entry.offset, entry.length);
  if (member.length !== entry.length || member.length < 20) throw new BlockError('the file ends before the block does');
  const [hash, text] = await Promise.allSettled([sha256Aside(member), inflateMember(member)]);
  if (hash.status === 'rejected') throw hash.reason;
  if (hash.value !== entry.sha256) throw new BlockError('its bytes do not match their sha256');
  if (text.status === 'rejected') throw asBlockError(text.reason);
  return text.value;
}

export function parseBlock(
  text: Uint8Array,
  entry: BlockEntry,
  columns: readonly string[],
  into: Target & { readonly columns: readonly string[] },
): void {
  try {
    parseText(text, { columns, wanted: into.columns, rows: entry.rows }, into);
  } catch (error) {
    throw asBlockError(error);
  }
}

export async function decodeBlock(file: OpenFile, entry: BlockEntry, columns: readonly string[]): Promise<Bars> {
  const bars = allocate(columns, entry.rows);
  parseBlock(await readText(file, entry), entry, columns, { ...bars, offset: 0 });
  return bars;
}

/** A whole file without an index: ours without its sidecar, or one that another tool wrote in our spelling. */
export async function decodeUnindexed(bytes: Uint8Array, year: number): Promise<Bars> {
  if (bytes.length < 20) throw new BlockError('it is too short to be a gzip file');
  try {
    const text = await inflateWhole(bytes);
    const end = text.indexOf(10);
    const header = Buffer.from(text.subarray(0, Math.max(end, 0)))
      .toString('utf8')
      .split(',');
    if (header[0] !== 'timestamp' || header.length < 2)
      throw new BlockError('its first line is not a year-file header');
    const fault = faultOfColumns(header.slice(1));
    if (fault !== undefined) throw new ForeignError(fault);
    const body = text.subarray(end + 1);
    const bars = allocate(header.slice(1), countRows(body));
    parseText(body, { columns: bars.columns, wanted: bars.columns, rows: bars.time.length }, { ...bars, offset: 0 });
    const own = yearRange(year);
    const inside = barsWithin(bars, own).time.length === bars.time.length;
    if (!inside) throw new BlockError(`it holds rows of another year than ${year}`);
    return bars;
  } catch (error) {
    throw asBlockError(error);
  }
}

/**
 * The trailer of the last member speaks for that member alone, so this one grows as it goes. zlib passes over zeros
 * after a member as padding; here they are what a crash left of the blocks that are missing.
 */
async function inflateWhole(bytes: Uint8Array): Promise<Uint8Array> {
  const { gunzip } = await import('node:zlib');
  return new Promise((resolve, reject) => {
    gunzip(bytes, { chunkSize: 1 << 20, maxOutputLength: 2 ** 31 - 1, info: true }, (error, result) => {
      if (error) return reject(error);
      // The types do not know what `info` does to the result.
      const { buffer, engine } = result as unknown as { buffer: Uint8Array; engine: { bytesWritten: number } };
      if (engine.bytesWritten === bytes.length) resolve(buffer);
      else reject(new BlockError(`only its first ${engine.bytesWritten} of ${bytes.length} bytes are gzip`));
    });
  });
}

function asBlockError(error: unknown): unknown {
  if (error instanceof BlockError) return error;
  if (error instanceof TextError) return new BlockError(error.message);
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && (code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE')) {
    return new BlockError(`it does not inflate (${code})`);
  }
  return error;
}
