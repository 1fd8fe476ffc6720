import { describe, expect, it } from '@jest/globals';
import { renderCleanup } from '../../src/cli/cleanup/cleanup-tables.js';
import { createProgress } from '../../src/cli/populate/progress.js';
import type { Terminal } from '../../src/cli/terminal/terminal.js';
import type { View } from '../../src/cli/terminal/view.js';
import { showValidation } from '../../src/cli/validate/show-validation.js';

const seen: Terminal = { live: true, redraws: false, width: 80, colour: false, unicode: true };
const piped: Terminal = { ...seen, live: false };

const longest = (lines: readonly string[]): number =>
  Math.max(...lines.flatMap((line) => line.split('\n')).map((line) => line.length));
const words = (lines: readonly string[]): string[] => lines.join(' ').split(/\s+/);

/** What is printed to a terminal of 80 columns, which would break longer lines in the middle of a word. */
describe('no line a person sees is wider than the terminal', () => {
  it('of cleanup', () => {
    const finding = { id: 'hash-1', check: 'hash', detail: 'block 2024-01: its bytes do not match their sha256' };
    const findings = [
      { ...finding, path: 'AAPL/1d/2024.csv.gz', action: 'salvage' },
      { ...finding, path: 'A%2FVERY%2FLONG%2FNAME%2FOF%2FA%2FSYMBOL/1d/2024.csv.gz', action: 'salvage' },
    ];
    const lines = renderCleanup({ report: undefined, findings, acted: undefined, left: [] }, seen);
    expect(longest(lines)).toBeLessThanOrEqual(80);
    expect(lines.join('\n')).toContain('damaged file goes to\n');
    // Nothing is cut off either.
    expect(words(lines).filter((word) => word === 'sha256')).toHaveLength(2);
  });

  it('of a progress that cannot be redrawn', () => {
    const task = { ask: { symbol: 'BTCUSDT', timeframe: '1h', choice: { provider: 'binance' } }, via: 'archive-month' };
    const step = {
      task: { ...task, start: Date.UTC(2024, 0, 1), end: Date.UTC(2024, 1, 1) },
      ...{ rows: 720, requests: 1, bytes: 1, done: 1, total: 19, failed: false },
    };
    const write = (terminal: Terminal): string => {
      let text = '';
      const stream = { write: (more: string) => (text += more) } as unknown as NodeJS.WriteStream;
      const progress = createProgress(stream, terminal, new Map([['binance', 19]]));
      progress.step(step);
      progress.note('binance: it is asked nothing more in this run, because it says that we asked too often');
      progress.end();
      return text;
    };
    expect(longest(write(seen).split('\n'))).toBeLessThanOrEqual(80);
    expect(write(piped).split('\n')).toHaveLength(3);
    expect(words([write(seen)])).toEqual(words([write(piped)]));
  });

  it('of validate-gaps', () => {
    const printed: string[] = [];
    const view = { out: seen, told: { warn: () => undefined }, print: (lines: string[]) => printed.push(...lines) };
    const series = { symbol: 'BTCUSDT', interval: '1h', score: 100, scoreParts: {}, years: [], warnings: [] };
    const results = [{ ...series, from: '2024-01-01T00:00:00Z', to: '2024-02-01T00:00:00Z' }].map((each) => ({
      ...each,
      read: { blocks: 4_000_000, blocksRead: 1_000_000, rowsRead: 5 },
    }));
    const end = { document: {}, results, failed: [], strangers: [], unread: [], folder: '/cache' };
    const before = process.exitCode;
    showValidation(end, view as unknown as View);
    process.exitCode = before;
    expect(longest(printed)).toBeLessThanOrEqual(80);
    expect(printed.join('\n')).toContain('prove the rest)');
  });
});
