import { isArrowStream } from '../arrow/arrow-stream.js';
import { LegacyError, type LegacyReader } from '../reader.js';
import type { SourceTree } from '../source-tree.js';
import { findBarColumns } from './bar-columns.js';
import { asRefusal, isColumnar, NO_BARS, openColumns } from './open-columns.js';

/** The last to be asked: an Arrow or Parquet file that lies nowhere known, and one that is only called so. */
export const strayColumns: LegacyReader = {
  async recognise({ magic, path, tree }) {
    if (magic === 'binary' && (await isStream(tree, path)))
      return { code: 'UNREADABLE', reason: 'it is an Arrow stream: write it again as an Arrow file, which has an end' };
    if (!isColumnar(magic)) {
      if (!/\.(arrow|parquet|feather)$/.test(path)) return undefined;
      return { code: 'UNREADABLE', reason: 'its name promises Arrow or Parquet, and its bytes are neither' };
    }
    const file = await tree.open(path);
    try {
      const columns = await openColumns(file);
      if (columns.fields.some(({ name }) => /^funding_?rate$/i.test(name)))
        return { code: 'NOT_BARS', reason: 'it holds funding rates, not bars' };
      if (findBarColumns(columns) === undefined) return NO_BARS;
      return { code: 'NO_SYMBOL', reason: 'it holds bars, and neither its folders nor its name say of what' };
    } catch (error) {
      const { code, reason } = asRefusal('', error);
      return { code, reason };
    } finally {
      await file.close();
    }
  },
  read() {
    throw new LegacyError('UNSURE', 'nobody claimed this file');
  },
};

async function isStream(tree: SourceTree, path: string): Promise<boolean> {
  const file = await tree.open(path);
  try {
    return await isArrowStream(file);
  } finally {
    await file.close();
  }
}
