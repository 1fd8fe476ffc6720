import { describe, expect, it } from '@jest/globals';
import { renderGaps } from '../../../src/cli/validate/gap-table.js';
import { suggestNext } from '../../../src/cli/validate/suggest-next.js';
import { gap, judged } from './judged.js';

const RANGE = ['2024-01-01', '2025-01-01'] as const;
const BLOCK = 'block 2024-03 of 744 rows is damaged: its bytes do not match their sha256';
const series = judged('BTCUSDT 1h', RANGE, {
  gaps: [
    gap('2024-01-05', 3),
    gap('2024-02-01', 1200.25),
    gap('2024-03-01', 744, 'damaged', BLOCK),
    gap('2024-05-01', 2000, 'explained', 'the exchange stood still'),
  ],
});

describe('the table of gaps', () => {
  it('has what is damaged first, then what is missing, the longest first; no line is cut at 80 or 120 columns', () => {
    expect(renderGaps([series], { live: true, width: 120 }).map((line) => line.replaceAll(/ {2,}/g, '  '))).toEqual([
      'SERIES  START  END  BARS  HOURS  WHY',
      expect.stringMatching(/^BTCUSDT 1h {2}2024-03-01 {2}2024-04-01 {2}744 {2}744 {2}block 2024-03 of 744 rows/),
      'BTCUSDT 1h  2024-02-01  2024-03-22 00:15  1,200  1,200.3  missing',
      'BTCUSDT 1h  2024-01-05  2024-01-05 03:00  3  3  missing',
      expect.stringMatching(
        /^BTCUSDT 1h {2}2024-05-01 {2}2024-07-23 08:00 {2}2,000 {2}2,000 {2}explained: the exchange/,
      ),
    ]);
    for (const width of [80, 120]) {
      const lines = renderGaps([series], { live: true, width }).flatMap((line) => line.split('\n'));
      expect(lines.every((line) => line.length <= width)).toBe(true);
      expect(lines.join(' ').replaceAll(/\s+/g, ' ')).toContain('sha256');
    }
  });

  it('gives a program every gap, whole and in the order of the report', () => {
    const lines = renderGaps([series], { live: false, width: 80 }).map((line) => line.split('\t'));
    expect(lines[0]).toEqual(['SYMBOL', 'INTERVAL', 'START', 'END', 'BARS', 'HOURS', 'KIND', 'WHY']);
    expect(lines[3]).toEqual([
      ...['BTCUSDT', '1h', '2024-03-01T00:00:00Z', '2024-04-01T00:00:00Z', '744', '744', 'damaged', BLOCK],
    ]);
    expect(lines).toHaveLength(5);
  });

  it('says how many more there are, and shows nothing of nothing', () => {
    const many = Array.from({ length: 15 }, (_, i) => gap(`2024-01-${String(i + 1).padStart(2, '0')}`, 1));
    const explained = gap('2024-06-01', 9, 'explained', 'closed');
    const lines = renderGaps([judged('A 1h', RANGE, { gaps: [...many, explained] })], { live: true, width: 80 });
    expect(lines).toHaveLength(14);
    expect(lines.at(-1)).toBe('… and 4 more, 1 of them explained');
    expect(renderGaps([judged('A 1h', RANGE)], { live: true, width: 80 })).toEqual([]);
  });

  it('says nothing of how many ticks there should be', () => {
    const [, line = ''] = renderGaps([judged('R_100 ticks', RANGE, { gaps: [gap('2024-02-01', 48)] })], {
      ...{ live: true, width: 120 },
    });
    expect(line.split(/ {2,}/)).toEqual(['R_100 ticks', '2024-02-01', '2024-02-03', '48', 'missing']);
  });
});

describe('what to type next', () => {
  it('is to fetch what is damaged, before all else', () => {
    expect(suggestNext([series])).toEqual([
      '',
      '  Next: almanac cache populate --symbols BTCUSDT --intervals 1h --start-date 2024-03-01T00:00:00Z --end-date 2024-04-01T00:00:00Z',
    ]);
  });

  it('is to fill holes, of the one series that has them or of all', () => {
    const holed = judged('A 1h', RANGE, { gaps: [gap('2024-02-01', 5)] });
    const whole = judged('B 1h', RANGE);
    expect(suggestNext([holed])).toEqual(['', '  Next: almanac cache fill-gaps --dry-run']);
    expect(suggestNext([whole, holed])).toEqual([
      '',
      '  Next: almanac cache fill-gaps --symbols A --intervals 1h --dry-run',
    ]);
  });

  it('is to go on where only the end is missing, also where New Year cuts it', () => {
    const tail = judged('A 1h', RANGE, { gaps: [gap('2024-12-30', 48)] });
    expect(suggestNext([tail])).toEqual(['', '  Next: almanac cache update']);
    const cut = judged('A 1h', ['2024-01-01', '2025-01-03'], { gaps: [gap('2024-12-30', 48), gap('2025-01-01', 48)] });
    expect(suggestNext([cut])).toEqual(['', '  Next: almanac cache update']);
    expect(suggestNext([judged('A 1h', RANGE)])).toEqual([]);
  });
});
