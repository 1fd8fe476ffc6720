import { describe, expect, it } from '@jest/globals';
import { renderHeatMap } from '../../../src/cli/terminal/heat-map.js';
import { gap, judged } from './judged.js';

const at = (width: number, more: { unicode?: boolean; colour?: boolean } = {}) => ({
  ...{ width, unicode: true, colour: false },
  ...more,
});
const month = (name: string, expected: number, missing: number, explained = 0) => ({
  ...{ month: name, expected, missing, explained },
});
const holed = judged('BTCUSDT 1h', ['2023-01-01', '2024-04-01'], {
  score: 91.5,
  gaps: [gap('2023-02-01', 700)],
  months: [
    month('2023-02', 672, 672),
    month('2023-04', 720, 500),
    month('2023-06', 720, 300),
    month('2023-08', 744, 1),
    month('2023-10', 744, 0, 3),
  ],
});
const later = judged('AAPL 1d', ['2023-11-01', '2024-03-01']);
const LEGEND = '█ complete  ▒ explained  ▆ a little missing  ▄ half  ▂ most  × all';

describe('a map of what is there', () => {
  it('has a cell a month, the worst series first, nothing where nothing was judged', () => {
    expect(renderHeatMap([later, holed], at(80))).toEqual([
      '            2023        2024  SCORE',
      'BTCUSDT 1h  █×█▂█▄█▆█▒█████  91.50',
      'AAPL 1d               ████  100.00',
      LEGEND,
    ]);
  });

  it('is the same in letters, and in colour with nothing but colour more', () => {
    const plain = renderHeatMap([holed], at(80, { unicode: false }));
    expect(plain[1]).toBe('BTCUSDT 1h  #x#.#-#+#~#####  91.50');
    const coloured = renderHeatMap([holed], at(80, { colour: true }));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour is made of them
    expect(coloured.map((line) => line.replaceAll(/\u001b\[\d+m/g, ''))).toEqual(renderHeatMap([holed], at(80)));
    expect(coloured[1]).toContain('\u001b[31m×');
  });

  it('has a cell a quarter or a year where months do not fit, and only what is whole looks whole', () => {
    const years = judged('IBM 1w', ['2000-01-01', '2024-01-01'], {
      score: 99.9,
      gaps: [gap('2010-05-01', 24)],
      months: [month('2010-05', 5, 1)],
    });
    for (const width of [60, 80, 120]) {
      const lines = renderHeatMap([years], at(width));
      expect(lines.slice(0, -1).every((line) => line.length <= width)).toBe(true);
      expect(lines[1]?.replaceAll(/[^█▆]/g, '').replaceAll('█', '')).toMatch(/^▆+$/);
    }
    expect(renderHeatMap([years], at(120))[1]).toContain(`${'█'.repeat(41)}▆${'█'.repeat(54)}`);
    expect(renderHeatMap([years], at(60))[1]).toMatch(/^IBM 1w {2}█{10}▆█{13} +99\.90$/);
  });

  it('says what it leaves out', () => {
    const many = Array.from({ length: 20 }, (_, i) => judged(`S${i} 1d`, ['2024-01-01', '2024-02-01']));
    const lines = renderHeatMap([...many, holed], at(80));
    expect(lines).toHaveLength(1 + 14 + 1 + 1);
    expect(lines.at(-2)).toBe('… and 7 complete series');
    expect(renderHeatMap([], at(80))).toEqual([]);
  });

  it('measures ticks by time, for nobody counts them', () => {
    const ticks = judged('R_100 ticks', ['2024-01-01', '2024-03-01'], { gaps: [gap('2024-02-01', 29 * 24)] });
    expect(renderHeatMap([ticks], at(80))[1]).toMatch(/^R_100 ticks {2}█× +100\.00$/);
  });
});
