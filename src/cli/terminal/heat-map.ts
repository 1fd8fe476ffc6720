import { isWhole, type JudgedSeries, worstFirst } from '../validate/judged-series.js';
import { type Cell, cellsOf, monthNumber, type Stretch } from './heat-cells.js';
import { createPaint, type Paint } from './paint.js';
import type { Terminal } from './terminal.js';
import { cleanText, cutCells, padCells } from './text.js';

/** Lines of series at the most: what is whole needs none when there is more to see. */
const MOST = 14;
const LABEL = 20;
const SCORE = '  SCORE';

/** A line a series, a cell a month, a quarter or a year, as the width allows: how much is there, and what is explained. */
export function renderHeatMap(
  series: readonly JudgedSeries[],
  terminal: Pick<Terminal, 'width' | 'unicode' | 'colour'>,
): string[] {
  const ranked = worstFirst(series.filter(({ from, to }) => from < to));
  const shown = ranked.slice(0, MOST);
  if (shown.length === 0) return [];
  const names = shown.map(({ symbol, interval }) => `${cleanText(symbol)} ${interval}`);
  const label = Math.min(LABEL, Math.max(...names.map((name) => name.length)));
  const grid = chooseGrid(shown, terminal.width - label - 2 - SCORE.length);
  const paint = createPaint(terminal.colour);
  const lines = shown.map((each, i) => {
    const name = padCells(cutCells(names[i] as string, label), label);
    const cells = cellsOf(each, grid.stretches).map((cell) => drawCell(cell, grid.width, terminal.unicode, paint));
    return `${name}  ${cells.join(' '.repeat(grid.gap))}${each.score.toFixed(2).padStart(SCORE.length)}`;
  });
  const width = grid.stretches.length * (grid.width + grid.gap) - grid.gap;
  const ruler = `${' '.repeat(label)}  ${padCells(drawRuler(grid), width)}${SCORE}`;
  return [ruler, ...lines, ...describeRest(ranked.slice(MOST)), legend(terminal.unicode, paint)];
}

interface Grid {
  readonly stretches: readonly Stretch[];
  readonly months: number;
  readonly width: number;
  readonly gap: number;
}

/** The finest that fits; of more years than there are columns the latest. */
function chooseGrid(series: readonly JudgedSeries[], room: number): Grid {
  const first = Math.min(...series.map(({ from }) => monthNumber(Date.parse(from))));
  const last = Math.max(...series.map(({ to }) => monthNumber(Date.parse(to) - 1)));
  const shapes = [
    { months: 1, width: 1, gap: 0 },
    { months: 3, width: 1, gap: 0 },
    { months: 12, width: 4, gap: 1 },
    { months: 12, width: 2, gap: 1 },
    { months: 12, width: 1, gap: 0 },
  ];
  const widest = shapes.length - 1;
  for (const [i, shape] of shapes.entries()) {
    const start = Math.floor(first / shape.months);
    const count = Math.floor(last / shape.months) - start + 1;
    if (count * (shape.width + shape.gap) - shape.gap > room && i < widest) continue;
    const from = start + Math.max(0, count - Math.max(1, room));
    const stretches = Array.from({ length: Math.min(count, Math.max(1, room)) }, (_, k) => ({
      start: (from + k) * shape.months,
      months: shape.months,
    }));
    return { ...shape, stretches };
  }
  throw new RangeError('there is always a last shape');
}

/** Years above where they begin, as far as there is room between them. */
function drawRuler({ stretches, months, width, gap }: Grid): string {
  let line = '';
  for (const [i, { start }] of stretches.entries()) {
    const at = i * (width + gap);
    const year = Math.floor(start / 12);
    const short = `${year % 100}`.padStart(2, '0');
    const text = months === 1 || width === 4 ? `${year}` : months === 3 ? `’${short}` : short;
    const roomy = i === 0 && (12 - (start % 12)) / months > text.length;
    const begins = months === 12 ? width > 1 || year % 5 === 0 : start % 12 === 0 || roomy;
    if (begins && (line.length < at || line === '')) line = line.padEnd(at) + text;
  }
  return line;
}

const UNICODE = { complete: '█', explained: '▒', little: '▆', half: '▄', most: '▂', all: '×' };
const ASCII = { complete: '#', explained: '~', little: '+', half: '-', most: '.', all: 'x' };
type Shade = keyof typeof UNICODE;
const COLOUR: Readonly<Record<Shade, keyof Paint>> = {
  complete: 'green',
  explained: 'cyan',
  little: 'yellow',
  half: 'yellow',
  most: 'red',
  all: 'red',
};

/** Only what is whole looks whole, and only what is wholly absent looks so. */
function shadeOf({ explained, missing }: Cell): Shade {
  if (missing > 0) return missing >= 1 - 1e-9 ? 'all' : missing > 2 / 3 ? 'most' : missing > 1 / 3 ? 'half' : 'little';
  return explained > 0 ? 'explained' : 'complete';
}

function drawCell(cell: Cell | undefined, width: number, unicode: boolean, paint: Paint): string {
  if (cell === undefined) return ' '.repeat(width);
  const shade = shadeOf(cell);
  return paint[COLOUR[shade]]((unicode ? UNICODE : ASCII)[shade].repeat(width));
}

function describeRest(rest: readonly JudgedSeries[]): string[] {
  if (rest.length === 0) return [];
  const whole = rest.filter(isWhole).length;
  const parts = [
    ...(rest.length > whole ? [`${rest.length - whole} more that are not complete`] : []),
    ...(whole > 0 ? [`${whole} complete series`] : []),
  ];
  return [`… and ${parts.join(' and ')}`];
}

function legend(unicode: boolean, paint: Paint): string {
  const glyphs = unicode ? UNICODE : ASCII;
  const words = {
    complete: 'complete',
    explained: 'explained',
    little: 'a little missing',
    half: 'half',
    most: 'most',
    all: 'all',
  };
  const parts = Object.entries(words).map(
    ([shade, word]) => `${paint[COLOUR[shade as Shade]](glyphs[shade as Shade])} ${word}`,
  );
  return parts.join('  ');
}
