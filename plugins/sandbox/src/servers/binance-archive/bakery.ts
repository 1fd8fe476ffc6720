import type { Market } from '../../market/market.js';
import { DAY } from '../../market/steps.js';
import { hash, makeZip } from './make-zip.js';
import type { Quirks } from './quirks.js';
import type { BulkFile } from './series.js';
import { writeCsv } from './write-csv.js';

export interface Baked {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly modified: number;
}

export interface Bakery {
  /** The zip, or its checksum file; undefined when there is no such thing. */
  bake(file: BulkFile, ending: '.zip' | '.zip.CHECKSUM'): Promise<Baked | undefined>;
}

const KEPT_BYTES = 64 * 2 ** 20;
/** Checksum files of old ended without a line feed. */
const LINE_FEED_FROM = Date.UTC(2022, 0, 1);

/** Makes files when they are first asked for, and keeps the latest. The same file is the same bytes every time. */
export function openBakery(market: Market, quirks: Quirks): Bakery {
  const shelf = new Map<string, Promise<Baked | undefined>>();
  let kept = 0;

  const bakeZip = async (file: BulkFile): Promise<Baked | undefined> => {
    const wrong = quirks.of(`${file.name}.zip`);
    if (wrong.some(({ kind }) => kind === 'absent')) return undefined;
    const csv = writeCsv(market, file, wrong);
    if (csv === undefined) return undefined;
    const again = wrong.some(({ kind }) => kind === 'republished');
    const modified = file.publishedAt + (again ? 40 * DAY : 0);
    const bytes = await makeZip(file.name, csv, modified);
    if (wrong.some(({ kind }) => kind === 'corrupt')) bytes.fill(0x5a, bytes.length >> 1, (bytes.length >> 1) + 64);
    return { bytes, etag: `"${hash('md5', bytes)}"`, modified };
  };

  const takeZip = (file: BulkFile): Promise<Baked | undefined> => {
    const key = `${file.series.folder}${file.name} ${JSON.stringify(quirks.of(`${file.name}.zip`))}`;
    const known = shelf.get(key);
    if (known) return known;
    const baked = bakeZip(file);
    shelf.set(key, baked);
    void baked.then(
      (zip) => {
        kept += zip?.bytes.length ?? 0;
        if (kept <= KEPT_BYTES) return;
        shelf.clear();
        kept = 0;
      },
      () => shelf.delete(key),
    );
    return baked;
  };

  return {
    async bake(file, ending) {
      const zip = await takeZip(file);
      if (zip === undefined || ending === '.zip') return zip;
      const kinds = quirks.of(`${file.name}.zip`).map(({ kind }) => kind);
      if (kinds.includes('missing-checksum')) return undefined;
      const sum = kinds.includes('wrong-checksum') ? hash('sha256', Buffer.from(file.name)) : hash('sha256', zip.bytes);
      const bytes = Buffer.from(`${sum}  ${file.name}.zip${file.start < LINE_FEED_FROM ? '' : '\n'}`);
      return { bytes, etag: `"${hash('md5', bytes)}"`, modified: zip.modified };
    },
  };
}
