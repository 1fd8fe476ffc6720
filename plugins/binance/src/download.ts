import type { ArchiveFile, BytesReply, Context } from 'almanac/provider';

/** A zip is held in memory, packed, until its checksum has been compared. */
export const MOST_PACKED = 128 * 2 ** 20;

export interface Download {
  readonly zip: Uint8Array;
  readonly sha256: string;
  readonly etag?: string;
}

/** The whole file; undefined where there is none. */
export async function download(file: ArchiveFile, context: Context): Promise<Download | undefined> {
  const reply = await context.http.bytes({ url: file.url, pool: 'archive', answers: [404], maxBytes: 2 * MOST_PACKED });
  if (reply.status === 404) {
    await drain(reply);
    return undefined;
  }
  const etag = reply.headers.etag?.replace(/^(?:W\/)?"|"$/g, '');
  const zip = await collect(reply, file, context);
  return { zip, sha256: reply.sha256(), ...(etag ? { etag } : {}) };
}

/** The text of the file's `.CHECKSUM`; undefined where there is none. */
export async function fetchVoucher(file: ArchiveFile, context: Context): Promise<string | undefined> {
  const url = `${file.url}.CHECKSUM`;
  const reply = await context.http.text({ url, pool: 'archive', answers: [404], maxBytes: 4096 });
  return reply.status === 404 ? undefined : reply.text;
}

/** One buffer from the start where the length is known, so that a large file never stands in memory twice. */
async function collect(reply: BytesReply, file: ArchiveFile, context: Context): Promise<Uint8Array> {
  const length = Number(reply.headers['content-length'] ?? file.bytes ?? 0);
  const fits = Number.isSafeInteger(length) && length > 0 && length <= MOST_PACKED;
  let zip = new Uint8Array(fits ? length : 64 * 1024);
  let size = 0;
  for await (const piece of reply.body) {
    // Thrown from inside the loop, so that the body is given up, and with it its place in the pool.
    if (length > MOST_PACKED || size + piece.length > MOST_PACKED) throw tooLarge(file, context);
    if (size + piece.length > zip.length) {
      const larger = new Uint8Array(Math.max(size + piece.length, zip.length * 2));
      larger.set(zip.subarray(0, size));
      zip = larger;
    }
    zip.set(piece, size);
    size += piece.length;
  }
  return zip.subarray(0, size);
}

function tooLarge(file: ArchiveFile, context: Context): Error {
  const message = `${file.url} has more than ${MOST_PACKED / 2 ** 20} MiB`;
  return context.error('UNSUPPORTED', message, { suggestion: 'read the same days from the daily files' });
}

/** What a missing file's page says is nobody's business, but its connection is wanted back. */
async function drain(reply: BytesReply): Promise<void> {
  for await (const piece of reply.body) void piece;
}
