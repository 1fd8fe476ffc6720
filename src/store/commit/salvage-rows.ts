import type { Bars } from '../../market/bars.js';
import { blockSpan } from '../../market/block.js';
import type { OpenFile } from '../files/file-port.js';
import { readSpan } from '../files/whole-file.js';
import type { Sidecar } from '../sidecar/sidecar.js';
import { BlockError, decodeUnindexed } from '../year/block.js';
import { type TextBlock, textBlocks } from '../year/text-blocks.js';
import { namesAnyText } from './find-strays.js';
import type { YearContext } from './year-context.js';

export interface SavedRows {
  readonly period: string;
  readonly bars: Bars;
  /** Whose word on their origin counts: nobody's where the text is not the one that was written. */
  readonly from: Sidecar | undefined;
}

/**
 * The rows of a file that is whole, though its blocks are not the bytes its sidecar names: somebody compressed it anew,
 * or edited it. Rows that another series' sidecar knows were copied here, and are not this one's.
 */
export async function salvageRows(
  { files, cache, symbol, timeframe }: YearContext,
  year: number,
  expected: Sidecar,
  file: OpenFile,
): Promise<SavedRows[]> {
  const bars = await decodeUnindexed(await readSpan(file, 0, await file.size()), year).catch(passDamage);
  if (bars === undefined) return [];
  const blocks = textBlocks(bars, blockSpan(timeframe), expected);
  const texts = new Set(blocks.map(({ textSha256 }: TextBlock) => textSha256));
  const ours = blocks.some(({ same }) => same);
  if (!ours && (await namesAnyText(files, cache, { symbol, timeframe, year }, texts))) return [];
  return blocks.map(({ period, rows, same }) => ({ period, bars: rows, from: same ? expected : undefined }));
}

function passDamage(error: unknown): undefined {
  if (!(error instanceof BlockError)) throw error;
}
