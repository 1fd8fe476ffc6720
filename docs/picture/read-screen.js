import xterm from '@xterm/headless';

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/** What stands on a terminal, its scrollback included, after these bytes: a row is a list of cells. */
export async function readScreen(bytes, { columns, rows = 50 }) {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true });
  await new Promise((resolve) => terminal.write(bytes, resolve));
  const buffer = terminal.buffer.active;
  const screen = [];
  for (let y = 0; y < buffer.length; y++) screen.push(readRow(buffer.getLine(y), columns));
  while (screen.at(-1)?.length === 0) screen.pop();
  terminal.dispose();
  return screen;
}

function readRow(line, columns) {
  const row = [];
  for (let x = 0; x < columns; x++) {
    const cell = line.getCell(x);
    row.push({
      text: cell.getChars() || ' ',
      bold: cell.isBold() !== 0,
      dim: cell.isDim() !== 0,
      colour: cell.isFgPalette() ? COLOURS[cell.getFgColor() % 8] : 'plain',
    });
  }
  while (row.at(-1)?.text === ' ') row.pop();
  return row;
}

export function textOf(row) {
  return row.map(({ text }) => text).join('');
}
