import { describe, expect, it } from '@jest/globals';
import { renderStrips, weekShares } from '../../../src/cli/terminal/coverage-strips.js';
import { monthRuler, renderStrip, WEEKS } from '../../../src/cli/terminal/strip.js';

const NOW = Date.UTC(2030, 0, 1);

describe('a strip', () => {
  it('looks full only where all is there and empty only where nothing is', () => {
    expect(renderStrip([0, 0.0001, 0.5, 0.9999, 1])).toBe(' ▁▄▇█');
    expect(renderStrip([0, 0.0001, 0.5, 0.9999, 1], false)).toBe(' .=%#');
  });

  it('has a ruler with an initial at the week of each first day', () => {
    expect(monthRuler(2024)).toHaveLength(WEEKS);
    expect(monthRuler(2023).replaceAll(' ', '')).toBe('JFMAMJJASOND');
  });

  it('measures against the grid, and the last week by its one or two days', () => {
    const weeks = [...new Array(52).fill(168), 48];
    expect(weekShares({ year: 2024, weeks }, '1h', 'grid', 168, NOW).every((share) => share === 1)).toBe(true);
    expect(weekShares({ year: 2023, weeks: [...weeks.slice(0, 52), 12] }, '1h', 'grid', 168, NOW)[52]).toBe(0.5);
  });

  it('measures the present week by the part that has passed', () => {
    const weeks = [24, ...new Array(52).fill(0)];
    expect(weekShares({ year: 2024, weeks }, '1h', 'grid', 24, Date.UTC(2024, 0, 2))[0]).toBe(1);
  });

  it('measures a market with hours against its fullest week, and fits 80 columns', () => {
    const weeks = [4, 5, ...new Array(51).fill(0)];
    const lines = renderStrips([{ year: 2024, weeks }], {
      timeframe: '1d',
      measure: 'fullest',
      now: NOW,
      unicode: true,
    });
    expect(lines[1]).toMatch(/^2024 │▆█ {51}│ {4}9$/);
    expect(lines.every((line) => line.length <= 80)).toBe(true);
  });
});
