import type { BulkFile, Series } from './series.js';
import { hasFiles, listFiles } from './series.js';

export type Ending = '.zip' | '.zip.CHECKSUM';

export interface Key {
  readonly key: string;
  readonly file: BulkFile;
  readonly ending: Ending;
}

/** What a listing consists of: keys, and below a delimiter only the folders' names. */
export type Item = Key | { readonly folder: string };

const ENDINGS: readonly Ending[] = ['.zip', '.zip.CHECKSUM'];

/** Everything below a prefix and behind a marker, in the order of its letters, folders folded up. */
export function* walkTree(
  series: readonly Series[],
  now: number,
  prefix: string,
  delimiter: string,
  marker: string,
): Generator<Item> {
  const folders = [...series].sort((a, b) => (a.folder < b.folder ? -1 : 1));
  let shown = '';
  for (const one of folders) {
    if (!one.folder.startsWith(prefix) && !prefix.startsWith(one.folder)) continue;
    const cut = delimiter === '' ? -1 : one.folder.indexOf(delimiter, prefix.length);
    if (cut >= 0) {
      const folder = one.folder.slice(0, cut + delimiter.length);
      if (folder === shown || folder <= marker || !hasFiles(one, now)) continue;
      shown = folder;
      yield { folder };
      continue;
    }
    if (`${one.folder}\uffff` <= marker) continue;
    for (const key of keysOf(one, now)) if (key.key.startsWith(prefix) && key.key > marker) yield key;
  }
}

export function findKey(series: readonly Series[], now: number, path: string): Key | undefined {
  const one = series.find(({ folder }) => path.startsWith(folder));
  if (one === undefined) return undefined;
  for (const key of keysOf(one, now)) if (key.key === path) return key;
  return undefined;
}

function* keysOf(series: Series, now: number): Generator<Key> {
  for (const file of listFiles(series, now)) {
    for (const ending of ENDINGS) yield { key: `${series.folder}${file.name}${ending}`, file, ending };
  }
}
