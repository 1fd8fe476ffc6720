import { createPaint } from '../terminal/paint.js';
import type { Terminal } from '../terminal/terminal.js';

export interface WrittenPlugin {
  readonly packageName: string;
  readonly folder: string;
  readonly files: readonly string[];
  /** What to type next, in this order. */
  readonly next: readonly string[];
}

/** What is in each file of a new plugin that its author has to look at. */
const PURPOSES: Readonly<Record<string, string>> = {
  'src/options.ts': 'its settings: the base URL, the key',
  'src/capabilities.ts': 'timeframes, reach and limits, as data',
  'src/instrument.ts': 'our symbols in their spelling',
  'src/candles.ts': 'one page on the wire, and its rows',
  'src/bars.ts': 'page after page over any range',
  'src/judge.ts': 'refusals, and what they say of limits',
  'src/symbols.ts': 'their listing, and the first bar',
  'src/probe.ts': 'is it up',
  'test/server.ts': 'a little server that speaks their format',
  'README.md': 'what to change, file by file',
};

/** A new plugin for a person: where it is, which files to change, and the next three things to type. */
export function describePlugin({ packageName, folder, files, next }: WrittenPlugin, terminal: Terminal): string[] {
  const paint = createPaint(terminal.colour);
  const shown = Object.entries(PURPOSES).filter(([file]) => files.includes(file));
  const width = Math.max(...shown.map(([file]) => file.length));
  return [
    `Wrote ${paint.bold(packageName)}, ${files.length} files, into ${folder}`,
    '',
    ...shown.map(([file, purpose]) => `  ${file.padEnd(width)}  ${paint.dim(purpose)}`),
    '',
    'It works as it stands, with an API made up for the purpose. Next:',
    '',
    ...next.map((line) => `  ${line}`),
  ];
}
