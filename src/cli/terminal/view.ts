import type { Log } from './log.js';
import type { Terminal } from './terminal.js';

/** What the drawing parts of a command need of it: where to print, and how wide and colourful that is. */
export interface View {
  readonly out: Terminal;
  readonly err: Terminal;
  readonly told: Log;
  readonly quiet: boolean;
  readonly json: boolean;
  print(lines: readonly string[]): void;
}
