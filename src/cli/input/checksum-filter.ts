import { AlmanacError } from '../../market/almanac-error.js';
import type { Timeframe } from '../../market/timeframe.js';
import { listFlag } from './flags.js';
import { readInterval } from './read-interval.js';

/** Which recorded files are meant; all where nothing is said. */
export const checksumFilterFlags = {
  symbol: listFlag({
    summary: 'Only of these symbols; * stands for anything.',
    helpValue: 'BTCUSDT',
    aliases: ['symbols'],
  }),
  interval: listFlag({
    summary: 'Only of these intervals.',
    helpValue: '1h',
    aliases: ['intervals', 'timeframes'],
  }),
  date: listFlag({ summary: 'Only of this year, month or day.', helpValue: '2024-01' }),
};

interface ChecksumFilterFlags {
  readonly symbol?: readonly string[] | undefined;
  readonly interval?: readonly string[] | undefined;
  readonly date?: readonly string[] | undefined;
}

interface ChecksumFilter {
  readonly symbols: readonly string[] | undefined;
  readonly timeframes: readonly Timeframe[] | undefined;
  readonly dates: readonly string[] | undefined;
}

export function readChecksumFilter({ symbol, interval, date }: ChecksumFilterFlags): ChecksumFilter {
  return { symbols: symbol, timeframes: interval?.map(readInterval), dates: date?.map(readPeriod) };
}

function readPeriod(text: string): string {
  if (/^\d{4}(-\d\d){0,2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new AlmanacError(
    'DATE_INVALID',
    `--date ${JSON.stringify(text)} is not a year, month or day; write 2024, 2024-01 or 2024-01-31`,
    { suggestions: ['--date 2024-01'] },
  );
}
