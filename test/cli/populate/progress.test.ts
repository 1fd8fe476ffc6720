import { expect, it, jest } from '@jest/globals';
import { watchFill } from '../../../src/cli/fill/watch-fill.js';
import { watchPopulate } from '../../../src/cli/populate/show-populate.js';
import { createLog } from '../../../src/cli/terminal/log.js';
import { describeTerminal } from '../../../src/cli/terminal/terminal.js';
import type { View } from '../../../src/cli/terminal/view.js';

const range = { start: Date.UTC(2024, 0, 1), end: Date.UTC(2024, 0, 31) };

/** What a collector sees of stderr: lines of the log, and what went past it. */
function collect(isTTY: boolean) {
  const logged: Record<string, unknown>[] = [];
  const write = (text: string) => void logged.push(JSON.parse(text));
  const told = createLog({ runId: 'r', format: 'json', least: 'info', write });
  const err = describeTerminal({ isTTY, columns: 80 }, { TERM: 'xterm' });
  const past = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const view: View = { out: err, err, told, logFormat: 'json', quiet: false, json: false, print: () => undefined };
  return { view, logged, past };
}

it.each([false, true])('units of a populate are lines of a JSON log (on a terminal: %s)', (isTTY) => {
  const { view, logged, past } = collect(isTTY);
  const { report, end } = watchPopulate(view);
  const ask = { symbol: 'SOLUSDT', timeframe: '1h', choice: { provider: 'binance' } };
  report({ kind: 'planned', perProvider: new Map([['binance', 1]]) });
  const numbers = { rows: 720, requests: 2, bytes: 9, done: 1, total: 1, failed: false };
  report({ kind: 'task', task: { ask, via: 'live', ...range }, ...numbers });
  report({ kind: 'stopped', provider: 'binance', reason: 'it is down' });
  end();
  expect(past).not.toHaveBeenCalled();
  past.mockRestore();
  expect(logged).toEqual([
    expect.objectContaining({
      ...{ level: 'info', symbol: 'SOLUSDT', interval: '1h', provider: 'binance', via: 'live', ...numbers },
      ...{ from: '2024-01-01T00:00:00Z', to: '2024-01-31T00:00:00Z' },
      message: 'SOLUSDT 1h 2024-01-01T00:00:00Z/2024-01-31T00:00:00Z binance live: 720 rows, 2 requests',
    }),
    expect.objectContaining({ level: 'warn', message: 'it is down' }),
  ]);
});

it.each([false, true])('gaps of a fill are lines of a JSON log (on a terminal: %s)', (isTTY) => {
  const { view, logged, past } = collect(isTTY);
  const { report, end } = watchFill(view);
  const gap = { symbol: 'BTCUSDT', timeframe: '1h', ...range, bars: 720, outcome: 'filled', provider: 'yahoo' };
  report({ kind: 'gap', gap: { ...gap, rowsAdded: 720, requests: 1, reason: 'it agrees' }, done: 1, total: 3 });
  end();
  expect(past).not.toHaveBeenCalled();
  past.mockRestore();
  expect(logged).toEqual([
    expect.objectContaining({
      ...{ level: 'info', symbol: 'BTCUSDT', outcome: 'filled', provider: 'yahoo', rowsAdded: 720, done: 1, total: 3 },
      message: 'BTCUSDT 1h 2024-01-01T00:00:00Z/2024-01-31T00:00:00Z: filled, 720 rows',
    }),
  ]);
});
