import type { Failure } from '../describe-error.js';
import { createPaint } from './paint.js';
import type { Terminal } from './terminal.js';
import { wrapText } from './text.js';

const WIDTH = 80;

/** `Error: what, where`, then a `Try:` line for everything worth typing next. */
export function renderError(failure: Pick<Failure, 'message' | 'suggestions'>, terminal: Terminal): string {
  const paint = createPaint(terminal.colour);
  const width = Math.min(WIDTH, terminal.width);
  const [first = '', ...rest] = wrapText(`Error: ${failure.message}`, width, '       ').split('\n');
  const lines = [`${paint.bold(paint.red('Error:'))}${first.slice('Error:'.length)}`, ...rest];
  for (const suggestion of failure.suggestions) {
    lines.push(`  ${paint.dim('Try:')} ${wrapText(suggestion, width - 7, '       ')}`);
  }
  return `${lines.join('\n')}\n`;
}
