import { CELL, drawRow } from './draw-row.js';
import { FONT, PALETTE } from './palette.js';

const MARGIN = { outer: 2, x: 20, top: 14, bottom: 18, between: 22 };
const BAR = 34;

/** Windows of a terminal, one below the other. */
export function drawPicture(windows, { columns, title, description }) {
  const width = Math.ceil(columns * CELL.width + 2 * (MARGIN.x + MARGIN.outer));
  let y = MARGIN.outer;
  const drawn = [];
  for (const window of windows) {
    const height = BAR + MARGIN.top + window.rows.length * CELL.height + MARGIN.bottom;
    drawn.push(drawWindow(window, { y, width: width - 2 * MARGIN.outer, height }));
    y += height + MARGIN.between;
  }
  const height = y - MARGIN.between + MARGIN.outer;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description" xml:space="preserve">
<title id="title">${title}</title>
<desc id="description">${description}</desc>
<style>${STYLE}</style>
${drawn.join('\n')}
</svg>
`;
}

function drawWindow({ name, rows }, { y, width, height }) {
  const x = MARGIN.outer;
  const bottom = y + BAR;
  const dots = ['red', 'yellow', 'green'].map(
    (colour, i) => `<circle class="${colour}" cx="${x + 20 + i * 20}" cy="${y + BAR / 2}" r="6"/>`,
  );
  return `<rect class="frame" x="${x}" y="${y}" width="${width}" height="${height}" rx="10"/>
<path class="bar" d="M${x} ${bottom}V${y + 10}a10 10 0 0 1 10 -10H${x + width - 10}a10 10 0 0 1 10 10V${bottom}z"/>
${dots.join('')}<text class="name" x="${x + width / 2}" y="${y + 22}">${name}</text>
${rows.map((row, i) => drawRow(row, { x: x + MARGIN.x, y: bottom + MARGIN.top + i * CELL.height })).join('\n')}`;
}

const { background, bar, border, plain, dim, ...colours } = PALETTE;
const STYLE = `
text{font:14px ${FONT};fill:${plain};white-space:pre}
.frame{fill:${background};stroke:${border}}
.bar{fill:${bar};stroke:${border}}
.plain{fill:${plain}}
${Object.entries(colours)
  .map(([name, colour]) => `.${name}{fill:${colour}}`)
  .join('\n')}
.bold{font-weight:700}
.dim,.name{fill:${dim}}
.name{text-anchor:middle;font-size:13px}
text.block{fill-opacity:0}
`;
