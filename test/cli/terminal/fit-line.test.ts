import { expect, it } from '@jest/globals';
import { fitLine } from '../../../src/cli/terminal/fit-line.js';

const LINE = '  [1/19] BTCUSDT 1h 2024-01-01T00:00:00Z/2024-02-01T00:00:00Z binance archive-month: 720 rows';

it('breaks a sentence at words, with what goes on further in', () => {
  const lines = fitLine(LINE, { live: true, width: 80 }).split('\n');
  expect(lines).toEqual([
    '  [1/19] BTCUSDT 1h 2024-01-01T00:00:00Z/2024-02-01T00:00:00Z binance',
    '    archive-month: 720 rows',
  ]);
});

it('leaves what fits, and what a program reads, to the letter', () => {
  const table = '  A    1  ';
  expect(fitLine(table, { live: true, width: 80 })).toBe(table);
  expect(fitLine(LINE, { live: false, width: 80 })).toBe(LINE);
});
