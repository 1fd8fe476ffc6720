import type { Bars } from '../../market/bars.js';
import { formatInstant } from '../../market/instant.js';
import { sha256Aside } from '../codec/gzip-block.js';
import { allocate } from '../codec/parse-text.js';
import type { OpenFile } from '../files/file-port.js';
import type { BlockEntry } from '../sidecar/sidecar.js';
import { BlockError, parseBlock, readText } from './block.js';

/** The block's rows, held against everything its index says of them; throws a `BlockError` that says what is wrong. */
export async function proveBlock(file: OpenFile, entry: BlockEntry, columns: readonly string[]): Promise<Bars> {
  return proveText(await readText(file, entry), entry, columns);
}

export async function proveText(text: Uint8Array, entry: BlockEntry, columns: readonly string[]): Promise<Bars> {
  if ((await sha256Aside(text)) !== entry.textSha256) throw new BlockError('its text does not match its hash');
  const bars = allocate(columns, entry.rows);
  parseBlock(text, entry, columns, { ...bars, offset: 0 });
  const [first, last] = [bars.time[0] as number, bars.time.at(-1) as number];
  if (formatInstant(first) !== entry.first || formatInstant(last) !== entry.last)
    throw new BlockError('its first or last bar is not the one the index names');
  if (!entry.first.startsWith(entry.period) || !entry.last.startsWith(entry.period))
    throw new BlockError(`it holds rows outside ${entry.period}`);
  return bars;
}
