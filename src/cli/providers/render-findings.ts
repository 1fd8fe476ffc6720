import { hangText } from '../terminal/hang-text.js';
import { createPaint } from '../terminal/paint.js';
import type { Terminal } from '../terminal/terminal.js';
import { cleanText, padCells } from '../terminal/text.js';

interface Finding {
  readonly check: string;
  readonly state: 'fine' | 'warning' | 'wrong';
  readonly detail: string;
  readonly next?: string;
}

const NAME_WIDTH = 14;

/** A line for each: a mark, a name, what was found; under what is not fine, what to type next. */
export function renderFindings(findings: readonly Finding[], terminal: Terminal): string[] {
  const paint = createPaint(terminal.colour);
  const marks = terminal.unicode
    ? { fine: paint.green('✓'), warning: paint.yellow('!'), wrong: paint.red('✗') }
    : { fine: paint.green('+'), warning: paint.yellow('!'), wrong: paint.red('x') };
  const indent = ' '.repeat(NAME_WIDTH + 3);
  return findings.flatMap(({ check, state, detail, next }) => {
    const name = padCells(cleanText(check), NAME_WIDTH);
    const text = cleanText(detail);
    const shown = terminal.live ? hangText(text, terminal.width, indent.length) : text;
    const line = `${marks[state]} ${name} ${shown}`;
    return next === undefined ? [line] : [line, `${indent}${paint.dim('Try:')} ${cleanText(next)}`];
  });
}
