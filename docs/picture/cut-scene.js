import { textOf } from './read-screen.js';

/** What a run took, and the temporary folder it was in: the only things that differ from one run to the next. */
const ELAPSED = / · [\d.]+ m?s$/;
const FOLDER = /^in \//;

/** One command of a recording with what it printed: from the line it was typed on to the empty line before the next. */
export function cutScene(screen, command) {
  const typed = `$ ${command}`;
  const start = screen.findIndex((row) => textOf(row) === typed);
  if (start < 0) throw new Error(`the recording has no line "${typed}"`);
  const after = screen.slice(start + 1);
  const next = after.findIndex((row) => /^(\$ |\d+\. )/.test(textOf(row)));
  const rows = [highlight(screen[start]), ...(next < 0 ? after : after.slice(0, next))]
    .filter((row) => !FOLDER.test(textOf(row)))
    .map((row) => row.slice(0, textOf(row).replace(ELAPSED, '').length));
  while (rows.at(-1)?.length === 0) rows.pop();
  return rows;
}

/** What a person types stands out, as a shell's prompt makes it. */
function highlight(row) {
  return row.map((cell, x) => (x === 0 ? { ...cell, colour: 'green' } : { ...cell, bold: true }));
}
