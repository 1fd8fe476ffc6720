import { expect, it } from '@jest/globals';
import { describeLeftOut } from '../../../src/cli/migrate/describe-left-out.js';
import { describeTotals } from '../../../src/cli/migrate/migrate-summary.js';
import { fileOf, seriesOf } from './migrated-report.js';

it('says of each series what was left out of it and why, and sums up the rest', () => {
  const series = [
    seriesOf('AAAUSDT', [fileOf('a'), fileOf('b', { 'no-prices': 1 }), fileOf('c', { duplicate: 1 })]),
    seriesOf('BBBUSDT', [fileOf('d', { 'high-low': 1200, cut: 1 })]),
    seriesOf('CCCUSDT', [fileOf('e', { 'not-closed': 1 })]),
    seriesOf('DDDUSDT', [fileOf('f', { 'not-closed': 1 })]),
    seriesOf('EEEUSDT', [fileOf('g', { duplicate: 3 })], {}),
    seriesOf('FFFUSDT', [fileOf('h')]),
    seriesOf('GGGUSDT', [fileOf('i', { duplicate: 9 }, { state: 'already' })]),
  ];
  expect(describeLeftOut(series)).toEqual([
    'BBBUSDT 1h: 1,201 rows left out: 1,200 with open or close outside low and high, 1 cut',
    'EEEUSDT 1h: 3 rows left out: 3 twice',
    'AAAUSDT 1h: 2 rows left out: 1 without prices, 1 twice',
    '2 more series (--json): 2 rows left out: 2 not closed yet',
  ]);
});

it('is in the last line too, and in neither where nothing was', () => {
  const lossy = [seriesOf('AAAUSDT', [fileOf('b', { 'no-prices': 1, duplicate: 1 })])];
  const what = '1 series in 1 file (1.0 kB), 24 rows: 24';
  expect(describeTotals({ series: lossy }, true)).toBe(`${what} to copy; 2 more left out.`);
  expect(describeTotals({ series: lossy }, false)).toBe(
    `${what} copied, each read back and compared; 2 more left out.`,
  );
  const sound = [seriesOf('AAAUSDT', [fileOf('b')])];
  expect(describeTotals({ series: sound }, true)).toBe(`${what} to copy.`);
  expect(describeLeftOut(sound)).toEqual([]);
});
