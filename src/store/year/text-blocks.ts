import type { Bars } from '../../market/bars.js';
import type { BlockSpan } from '../../market/block.js';
import { sha256 } from '../codec/gzip-block.js';
import { writeText } from '../codec/write-text.js';
import type { Sidecar } from '../sidecar/sidecar.js';
import { splitBars } from './split-bars.js';

export interface TextBlock {
  readonly period: string;
  readonly rows: Bars;
  readonly textSha256: string;
  /** Whether it is what the sidecar says of this period, column for column. */
  readonly same: boolean;
}

/** Rows cut into blocks, each held against the text its sidecar names: bytes tell how a text was compressed, this what it says. */
export function textBlocks(bars: Bars, span: BlockSpan, { columns, blocks }: Sidecar): TextBlock[] {
  const named = bars.columns.join() === columns.slice(1).join();
  return splitBars(span, bars).map(({ period, rows }) => {
    const textSha256 = sha256(writeText(rows));
    const known = blocks.find((block) => block.period === period);
    return { period, rows, textSha256, same: named && known?.textSha256 === textSha256 };
  });
}
