import type { ArchiveFile, ArchiveReading, ArchiveReadOptions, Bars, Checksum, Context } from 'almanac/provider';
import { stemOf } from './archive-files.js';
import { compare } from './checksum.js';
import { download, fetchVoucher } from './download.js';
import { inflate, prove } from './inflate.js';
import { openZip, type ZippedEntry } from './open-zip.js';
import { readKlines } from './read-klines.js';

/** Fetches one file, compares it with what Binance vouches for, and opens it; its rows come as they are asked for. */
export async function readArchive(
  file: ArchiveFile,
  context: Context,
  { checksum: demand }: ArchiveReadOptions,
): Promise<ArchiveReading> {
  const got = await download(file, context);
  if (got === undefined) return { state: 'absent' };
  const stem = stemOf(file.instrument, file.timeframe, file.name);
  const checksum: Checksum =
    demand === 'skip'
      ? { checksum: 'skipped', actual: got.sha256 }
      : compare(got.sha256, await fetchVoucher(file, context), `${stem}.zip`);
  const etag = got.etag === undefined ? {} : { etag: got.etag };
  if (checksum.checksum === 'mismatch' && demand === 'require') return { state: 'mismatch', ...etag, ...checksum };
  const named = namingTrouble(`${stem}.zip`, context);
  const entry = await named(async () => {
    const opened = await openZip(got.zip, `${stem}.csv`);
    // A CRC is known only at the end of the data. Where no sha256 stands for them, the end is seen first.
    if (checksum.checksum !== 'verified') await prove(opened);
    return opened;
  });
  return {
    state: 'read',
    bytes: got.zip.length,
    ...etag,
    batches: batchesOf(entry, context, named),
    ...checksum,
  };
}

type Naming = <T>(act: () => Promise<T>) => Promise<T>;

/** Trouble inside a file becomes an error with the file's name and a code that the host knows. */
function namingTrouble(name: string, context: Context): Naming {
  return async (act) => {
    try {
      return await act();
    } catch (cause) {
      if (context.signal.aborted) throw cause;
      const suggestion = 'ask again without the archive (--no-archive), or when Binance has published the file anew';
      throw context.error('MALFORMED', `${name}: ${(cause as Error).message}`, { cause, suggestion });
    }
  };
}

async function* batchesOf(entry: ZippedEntry, context: Context, named: Naming): AsyncGenerator<Bars> {
  const rows = readKlines({ pieces: inflate(entry), size: entry.size, now: context.now() });
  try {
    for (;;) {
      context.signal.throwIfAborted();
      const next = await named(() => rows.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await rows.return(undefined);
  }
}
