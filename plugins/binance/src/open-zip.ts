/** The one entry of an archive, found and checked by the directory; its bytes are still to be inflated. */
export interface ZippedEntry {
  readonly name: string;
  /** As they lie in the zip: a view on it. */
  readonly packed: Uint8Array;
  readonly deflated: boolean;
  readonly size: number;
  readonly crc32: number;
}

/** The zip is damaged, or is not what was asked for: what about it. */
export class ZipError extends Error {
  override readonly name = 'ZipError';
}

const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 0x2041;
/** A month of seconds is some 370 MB; text of prices packs four- to thirtyfold. */
const MOST_BYTES = 1024 * 2 ** 20;
const MOST_RATIO = 200;
const ALWAYS_ALLOWED = 64 * 1024;

/** Opens a zip that must hold exactly one file of exactly this name. Nothing of it is ever written to a disk. */
export async function openZip(zip: Uint8Array, name: string): Promise<ZippedEntry> {
  try {
    return await open(zip, name);
  } catch (cause) {
    throw cause instanceof ZipError ? cause : new ZipError((cause as Error).message, { cause });
  }
}

async function open(zip: Uint8Array, name: string): Promise<ZippedEntry> {
  const { default: yauzl } = await import('yauzl');
  const buffer = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const file = await yauzl.fromBufferPromise(buffer, { strictFileNames: true });
  if (file.entryCount !== 1) throw new ZipError(`it holds ${file.entryCount} entries in place of one`);
  for await (const entry of file.eachEntry()) {
    if (entry.fileName !== name)
      throw new ZipError(`it holds ${JSON.stringify(entry.fileName.slice(0, 100))}, not ${name}`);
    if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
      throw new ZipError(`it is packed by method ${entry.compressionMethod}`);
    const most = Math.max(ALWAYS_ALLOWED, entry.compressedSize * MOST_RATIO);
    if (entry.uncompressedSize > Math.min(most, MOST_BYTES))
      throw new ZipError(`it says that ${entry.compressedSize} bytes unpack to ${entry.uncompressedSize}`);
    const header = await file.readLocalFileHeaderPromise(entry);
    if ((entry.generalPurposeBitFlag | header.generalPurposeBitFlag) & ENCRYPTED) throw new ZipError('it is encrypted');
    const local = String.fromCharCode(...header.fileName.subarray(0, 200));
    if (local !== name || header.compressionMethod !== entry.compressionMethod)
      throw new ZipError('its directory and its header say different things');
    return {
      name,
      packed: zip.subarray(header.fileDataStart, header.fileDataStart + entry.compressedSize),
      deflated: entry.compressionMethod === DEFLATED,
      size: entry.uncompressedSize,
      crc32: entry.crc32,
    };
  }
  throw new ZipError('its directory is empty');
}
