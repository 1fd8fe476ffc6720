import { string } from '@oclif/core/flags';

/** Flags that mean the same in every command, defined once. */
export const dateFlags = {
  'start-date': string({ summary: 'From this day or instant on (UTC).', helpValue: '2024-01-01' }),
  'end-date': string({ summary: 'Through this day, or up to this instant (UTC).', helpValue: '2024-01-31' }),
};

interface ListWords {
  readonly summary: string;
  readonly helpValue: string;
  readonly aliases?: string[];
}

/** Names with commas between, or the flag again; it never swallows an argument. */
export const listFlag = (words: ListWords) =>
  string({ ...words, multiple: true, multipleNonGreedy: true, delimiter: ',' });

export const filterFlags = {
  symbols: listFlag({ summary: 'Only these symbols; * stands for anything.', helpValue: 'BTCUSDT,ETH*' }),
  intervals: listFlag({ summary: 'Only these intervals.', helpValue: '1h,1d', aliases: ['timeframes'] }),
};
