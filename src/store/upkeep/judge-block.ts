import { isOrdered, judgeCell, REASONS, type Reason } from '../../market/bar-rules.js';
import { formatInstant } from '../../market/instant.js';
import { BlockError } from '../year/block.js';
import { proveText } from '../year/prove-block.js';
import { type Finding, findingOf } from './finding.js';
import type { BlockSubject } from './year-subject.js';

/** Its bytes against their hash. */
export async function judgeHash(block: BlockSubject): Promise<Finding[]> {
  const { bytes, sha256 } = await block.member();
  if (bytes.length !== block.entry.length) return [wrong(block, 'hash', 'the file ends before it does')];
  return sha256 === block.entry.sha256 ? [] : [wrong(block, 'hash', 'its bytes do not match their sha256')];
}

/** Bytes that are as they were written, and yet no gzip. */
export async function judgeGzip(block: BlockSubject): Promise<Finding[]> {
  try {
    const { bytes } = await block.member();
    if (bytes.length < 20) return [wrong(block, 'gzip', 'it is too short to be a gzip member')];
    block.text = await block.inflate();
    return [];
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (typeof code !== 'string' || !/^(Z_|ERR_BUFFER)/.test(code)) throw error;
    return [wrong(block, 'gzip', `it does not inflate (${code})`)];
  }
}

/** Its text against its hash; every row can be read, in order, as many as announced, from the first to the last named. */
export async function judgeRows(block: BlockSubject): Promise<Finding[]> {
  if (block.text === undefined) return [];
  try {
    block.bars = await proveText(block.text, block.entry, block.sidecar.columns.slice(1));
    block.year.times.set(block.entry.period, block.bars.time);
    return [];
  } catch (error) {
    if (!(error instanceof BlockError)) throw error;
    return [wrong(block, 'rows', error.message)];
  }
}

/**
 * Rows that no market can make: a high below the low, a price of zero. They are told and never acted on: what is rare
 * is not what is damaged, and nobody but the one who fetched them knows better.
 */
export async function judgeRules(block: BlockSubject): Promise<Finding[]> {
  const { bars, entry } = block;
  if (bars === undefined) return [];
  const counts = new Map<Reason, { count: number; first: number }>();
  const count = (reason: Reason, row: number): void => {
    const seen = counts.get(reason);
    if (seen === undefined) counts.set(reason, { count: 1, first: bars.time[row] as number });
    else seen.count++;
  };
  for (const [c, name] of bars.columns.entries()) {
    if (judgeCell(name, -1) === undefined) continue; // a column that no rule speaks of
    const values = bars.values[c] as Float64Array;
    for (let row = 0; row < values.length; row++) {
      const value = values[row] as number;
      if (value > 0) continue;
      const reason = judgeCell(name, value);
      if (reason !== undefined) count(reason, row);
    }
  }
  const [open, high, low, close] = ['open', 'high', 'low', 'close'].map(
    (name) => bars.values[bars.columns.indexOf(name)],
  );
  for (let row = 0; open && high && low && close && row < bars.time.length; row++) {
    const [o, h, l, c] = [open[row] as number, high[row] as number, low[row] as number, close[row] as number];
    if (!isOrdered(o, h, l, c) && o > 0 && h > 0 && l > 0 && c > 0) count('high-low', row);
  }
  return [...counts].map(([reason, seen]) => {
    const more = seen.count > 1 ? ` and ${seen.count - 1} more` : '';
    const detail = `block ${entry.period}: ${REASONS[reason]} (${formatInstant(seen.first)}${more})`;
    return findingOf(block.year.dataPath, 'rules', 'none', detail, `${entry.period} ${reason}`);
  });
}

function wrong(block: BlockSubject, check: 'hash' | 'gzip' | 'rows', detail: string): Finding {
  const { period } = block.entry;
  return findingOf(block.year.dataPath, check, 'salvage', `block ${period}: ${detail}`, period);
}
