import { describe, expect, it } from '@jest/globals';
import { formatBytes, formatCount, formatMoment } from '../../../src/cli/terminal/format.js';
import { renderTable } from '../../../src/cli/terminal/table.js';
import { cellWidth, cutCells } from '../../../src/cli/terminal/text.js';

const columns = [
  { title: 'NAME', shrinkTo: 4 },
  { title: 'ROWS', align: 'right' as const },
  { title: 'NOTE', shrinkTo: 4, drop: 1 },
];

describe('renderTable', () => {
  it('aligns for a person and separates by tabs for a program', () => {
    const rows = [['a', '1,234', 'x']];
    expect(renderTable(columns, rows, { live: true, width: 80 })).toEqual(['NAME   ROWS  NOTE', 'a     1,234  x']);
    expect(renderTable(columns, rows, { live: false, width: 80 }, [['a', '1234', 'x']])).toEqual([
      'NAME\tROWS\tNOTE',
      'a\t1234\tx',
    ]);
  });

  it('shortens first, then leaves out what matters least, and never passes the width', () => {
    const rows = [['a-long-name-indeed', '123', 'a note of some length']];
    expect(renderTable(columns, rows, { live: true, width: 30 }).every((line) => cellWidth(line) <= 30)).toBe(true);
    expect(renderTable(columns, rows, { live: true, width: 12 })).toEqual(['NAME  ROWS', 'a-l…   123']);
  });

  it('goes on below where a column may, one text a row, and breaks a word that is too long', () => {
    const wrapped = [{ title: 'NAME' }, { title: 'WHY', shrinkTo: 8, wrap: true }];
    const rows = [
      ['a', 'the default for crypto'],
      ['b', '/a/very/long/path'],
    ];
    expect(renderTable(wrapped, rows, { live: true, width: 16 })).toEqual([
      'NAME  WHY',
      'a     the\n      default\n      for crypto',
      'b     /a/very/lo\n      ng/path',
    ]);
    expect(renderTable(wrapped, rows, { live: false, width: 16 })[1]).toBe('a\tthe default for crypto');
  });

  it('lets no name move the cursor', () => {
    expect(renderTable(columns, [['\u001b[2Ja\tb\n', '1', '']], { live: false, width: 80 })[1]).toBe(
      '\ufffd[2Ja\ufffdb\ufffd\t1\t',
    );
  });
});

describe('cells', () => {
  it('counts wide characters as two', () => {
    expect(cellWidth('日本')).toBe(4);
    expect(cutCells('日本語', 5)).toBe('日本…');
  });

  it('formats counts, sizes and moments', () => {
    expect([formatCount(0), formatCount(1234567)]).toEqual(['0', '1,234,567']);
    expect([999, 1000, 99_600, 999_600, 1.5e9].map(formatBytes)).toEqual([
      '999 B',
      '1.0 kB',
      '100 kB',
      '1.0 MB',
      '1.5 GB',
    ]);
    expect(formatMoment(Date.UTC(2024, 0, 1, 5, 30))).toBe('2024-01-01 05:30');
  });
});
