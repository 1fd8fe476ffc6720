import type { Terminal } from './terminal.js';
import { wrapText } from './text.js';

/** A sentence broken at its words to a person's width, with what goes on two cells further in; a program gets it whole. */
export function fitLine(line: string, terminal: Pick<Terminal, 'live' | 'width'>): string {
  if (!terminal.live) return line;
  const start = line.length - line.trimStart().length;
  return line.slice(0, start) + wrapText(line.slice(start), terminal.width - start, ' '.repeat(start + 2));
}
