import type { Log } from './log.js';
import type { Terminal } from './terminal.js';

/** What the drawing parts of a command need of it: where to print, and how wide and colourful that is. */
export interface View {
  readonly out: Terminal;
  readonly err: Terminal;
  readonly told: Log;
  /** As `--log-format` says: what is told on the way goes by `told` alone where it is JSON. */
  readonly logFormat: 'human' | 'json';
  readonly quiet: boolean;
  readonly json: boolean;
  print(lines: readonly string[]): void;
}
