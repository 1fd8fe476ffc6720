import { textOf } from './read-screen.js';

export const CELL = { width: 8.4, height: 20, baseline: 14.5 };
/** Of a line's height, what a block covers: the rest keeps lines apart. */
const BLOCK = { top: 1.5, height: 17 };
const EIGHTHS = '▁▂▃▄▅▆▇█';
const SHADES = { '░': 0.25, '▒': 0.55, '▓': 0.75 };

/** A row as text, each run of one style in its own place, and as shapes where its characters are blocks. */
export function drawRow(row, { x, y }) {
  return splitRuns(row)
    .map((run) => {
      const left = round(x + run.column * CELL.width);
      const width = round(run.cells.length * CELL.width);
      const text = textOf(run.cells);
      const classes = [
        run.cells[0].colour,
        run.cells[0].bold && 'bold',
        run.cells[0].dim && 'dim',
        run.block && 'block',
      ];
      const place = `x="${left}" y="${round(y + CELL.baseline)}" textLength="${width}"`;
      const shape = run.block ? drawBlock(run.cells[0], left, y, width) : '';
      const names = classes.filter((name) => name && name !== 'plain').join(' ');
      return `${shape}<text ${names && `class="${names}" `}${place}>${escapeMarkup(text)}</text>`;
    })
    .join('\n');
}

/** Fonts draw blocks with seams, or take them from another font: a terminal draws them itself, and so does this. */
function drawBlock({ text, colour }, x, y, width) {
  const part = (EIGHTHS.indexOf(text) + 1) / 8 || 1;
  const height = round(BLOCK.height * part);
  const top = round(y + BLOCK.top + BLOCK.height - height);
  const shade = SHADES[text] === undefined ? '' : ` opacity="${SHADES[text]}"`;
  return `<rect class="${colour}" x="${x}" y="${top}" width="${width}" height="${height}"${shade}/>`;
}

/** A run ends where the style changes, where a block begins or ends, and at two spaces: columns stay columns. */
function splitRuns(row) {
  const runs = [];
  const text = textOf(row);
  for (const [column, cell] of row.entries()) {
    if (cell.text === ' ' && (text[column - 1] ?? ' ') === ' ') continue;
    if (cell.text === ' ' && (text[column + 1] ?? ' ') === ' ') continue;
    const last = runs.at(-1);
    const block = isBlock(cell.text);
    const goesOn = last !== undefined && last.column + last.cells.length === column && isLike(last.cells[0], cell);
    if (goesOn && (block ? last.cells[0].text === cell.text : !last.block)) last.cells.push(cell);
    else runs.push({ column, cells: [cell], block });
  }
  return runs.filter(({ cells }) => cells.some((cell) => cell.text !== ' '));
}

function isBlock(text) {
  return EIGHTHS.includes(text) || text in SHADES;
}

function isLike(a, b) {
  return a.colour === b.colour && a.bold === b.bold && a.dim === b.dim;
}

function escapeMarkup(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function round(value) {
  return Math.round(value * 10) / 10;
}
