import type { Range } from '../../market/range.js';
import type { Candidate } from '../reader.js';
import { fieldsOf, textOf } from '../text/sidecar-fields.js';

const INDEX = 'cache_metadata.json';
const MARKETS: Readonly<Record<string, readonly string[]>> = {
  um: ['um', 'futures_um', 'futures_usdt'],
  cm: ['cm', 'futures_cm', 'futures_coin'],
};

interface Day {
  /** Ours: with its market. */
  readonly symbol: string;
  readonly interval: string | undefined;
  readonly period: Range | undefined;
}

/**
 * Why the index of the Binance services calls a day's file invalid; undefined where it does not. It marked files that
 * its own checks failed once, and never looked again: a hint, told to people, while the rows are judged as any others.
 */
export async function findInvalidMark({ segments, document }: Candidate, day: Day): Promise<string | undefined> {
  const depth = segments.findIndex((folder, at) => isKlines(folder, segments[at + 1]));
  if (depth < 0 || day.period === undefined || day.interval === undefined) return undefined;
  const index = fieldsOf(await document('../'.repeat(segments.length - 1 - depth) + INDEX));
  if (index === undefined) return undefined;
  for (const key of keysOf(day.symbol, day.interval, day.period)) {
    const entry = Object.hasOwn(index, key) ? fieldsOf(index[key]) : undefined;
    if (entry === undefined) continue;
    if (entry.is_invalid !== true && entry.is_valid !== false) return undefined;
    return textOf(entry, 'invalid_reason', 'invalidation_reason')?.slice(0, 200) ?? 'no reason given';
  }
  return undefined;
}

function isKlines(folder: string, below: string | undefined): boolean {
  return /^binance$/i.test(folder) && /^klines$/i.test(below ?? '');
}

/** As its versions spelled them: with a market or without, the date with dashes or without, lately all in capitals. */
function keysOf(symbol: string, interval: string, { start }: Range): readonly string[] {
  const [ticker = '', book] = symbol.split('@');
  const date = new Date(start).toISOString().slice(0, 10);
  const markets = book === undefined ? ['spot', undefined] : (MARKETS[book] ?? []);
  return markets
    .flatMap((market) => (market === undefined ? [ticker] : [`${market}_${ticker}`]))
    .flatMap((name) => [date.replaceAll('-', ''), date].map((day) => `BINANCE_KLINES_${name}_${interval}_${day}`))
    .flatMap((key) => [key, key.toUpperCase()]);
}
