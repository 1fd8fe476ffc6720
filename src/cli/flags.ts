import { string } from '@oclif/core/flags';

/** Flags that mean the same in every command, defined once. */
export const dateFlags = {
  'start-date': string({ summary: 'From this day or instant on (UTC).', helpValue: '2024-01-01' }),
  'end-date': string({ summary: 'Through this day, or up to this instant (UTC).', helpValue: '2024-01-31' }),
};

export const filterFlags = {
  symbols: string({
    summary: 'Only these symbols; * stands for anything.',
    helpValue: 'BTCUSDT,ETH*',
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
  }),
  intervals: string({
    summary: 'Only these intervals.',
    helpValue: '1h,1d',
    aliases: ['timeframes'],
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
  }),
};
