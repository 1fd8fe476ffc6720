import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { LegacyError } from '../reader.js';
import type { SourceFile } from '../source-tree.js';
import { readPieces } from '../text/open-text.js';
import { crc32 } from './crc32.js';

/** The one table a zip holds; read piece by piece where it lies, and never unpacked to a disk. */
export interface ZippedTable {
  readonly name: string;
  readonly size: number;
  /** Throws at the end where the bytes' number or their CRC is not what the directory says. */
  read(signal?: AbortSignal): AsyncGenerator<Uint8Array>;
}

const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
const LOCAL_HEADER = 30;

/** Throws `LegacyError` where the zip is damaged, or holds anything but one table. */
export async function openZip(file: SourceFile): Promise<ZippedTable> {
  const entry = await findEntry(file);
  if (entry.generalPurposeBitFlag & ENCRYPTED) throw new LegacyError('UNREADABLE', 'its zip is encrypted');
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
    throw new LegacyError('UNREADABLE', `its zip is packed by method ${entry.compressionMethod}`);
  return { name: entry.fileName, size: entry.uncompressedSize, read: (signal) => unpack(file, entry, signal) };
}

async function findEntry(file: SourceFile): Promise<Entry> {
  const { default: yauzl } = await import('yauzl');
  class Reader extends yauzl.RandomAccessReader {
    override _readStreamForRange(start: number, end: number): Readable {
      return Readable.from(readPieces(file, undefined, start, end), { objectMode: false });
    }
  }
  let zip: ZipFile;
  const entries: Entry[] = [];
  try {
    zip = await yauzl.fromRandomAccessReaderPromise(new Reader(), file.bytes, { autoClose: false });
    if (zip.entryCount > 100) throw new Error(`it holds ${zip.entryCount} files`);
    for await (const entry of zip.eachEntry()) if (!entry.fileName.endsWith('/')) entries.push(entry);
  } catch (error) {
    // Some of these go on for sentences.
    throw new LegacyError('UNREADABLE', `its zip is damaged: ${(error as Error).message.split('. ')[0]}`);
  }
  const [only] = entries;
  if (only === undefined || entries.length > 1)
    throw new LegacyError('UNSURE', `its zip holds ${entries.length} files, and one is expected`);
  return only;
}

async function* unpack(file: SourceFile, entry: Entry, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const header = Buffer.from(await file.read(entry.relativeOffsetOfLocalHeader, LOCAL_HEADER));
  if (header.length < LOCAL_HEADER || header.readUInt32LE(0) !== 0x04034b50)
    throw new LegacyError('UNREADABLE', 'its zip is damaged: there is no file where its directory says');
  const from = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = readPieces(file, signal, from, from + entry.compressedSize);
  let size = 0;
  let crc = 0;
  for await (const piece of entry.compressionMethod === DEFLATED ? inflate(packed) : packed) {
    size += piece.length;
    if (size > entry.uncompressedSize)
      throw new LegacyError('UNREADABLE', 'its zip is damaged: it holds more than its directory says');
    crc = crc32(piece, crc);
    yield piece;
  }
  if (size !== entry.uncompressedSize)
    throw new LegacyError('UNREADABLE', 'its zip is damaged: its data end too early');
  if (crc !== entry.crc32) throw new LegacyError('UNREADABLE', 'its zip is damaged: the CRC does not match');
}

async function* inflate(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed, { objectMode: false });
  const stream = createInflateRaw({ chunkSize: 256 * 1024 });
  source.on('error', (error) => stream.destroy(error));
  try {
    for await (const piece of source.pipe(stream)) yield piece as Uint8Array;
  } catch (error) {
    if (!String((error as { code?: string }).code).startsWith('Z_')) throw error;
    throw new LegacyError('UNREADABLE', `its zip is damaged: ${(error as Error).message}`);
  } finally {
    source.destroy();
    stream.destroy();
  }
}
