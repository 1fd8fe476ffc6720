/**
 * The second scene: a cache fetched in pieces, judged, and made whole, against a made-up market on this machine.
 * It needs the terminal for its colours; `record.js` gives it one.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openSandbox } from '../../bin/demo/open-sandbox.js';

const RUN = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const NOW = '2025-12-01T00:00:00Z';

/** What is there before the scene begins. Between the pieces is what it is about. */
const PIECES = [
  'BTCUSDT 1h 2022-01-01 2025-11-30',
  'ETHUSDT 4h 2022-03-01 2023-06-04',
  'ETHUSDT 4h 2023-08-08 2025-11-30',
  'SOLUSDT 4h 2023-02-01 2024-09-29',
  'SOLUSDT 4h 2024-10-09 2025-11-30',
  'AAPL 1d 2022-01-01 2025-11-30',
  'R_100 1d 2024-01-01 2025-11-30',
];

const env = { ...process.env, ALMANAC_NOW: NOW };
const sandbox = await openSandbox(RUN, ['--config', 'almanac.config.json', '--now', NOW], { env });
for (const [symbol, interval, start, end] of PIECES.map((piece) => piece.split(' '))) {
  const series = ['--symbols', symbol, '--intervals', interval];
  run(['cache', 'populate', ...series, '--start-date', start, '--end-date', end], 'ignore');
}
type('cache validate-gaps', [3]);
type('cache populate --symbols ETHUSDT --intervals 4h --start-date 2022-03-01');
await sandbox.close();

/** As a person would: the line, and what the command says to it. */
function type(line, expected) {
  process.stdout.write(`$ almanac ${line}\n`);
  run(line.split(' '), 'inherit', expected);
  process.stdout.write('\n');
}

function run(words, stdio, expected = [0]) {
  const { status } = spawnSync(process.execPath, [RUN, ...words], { stdio, env });
  if (!expected.includes(status)) throw new Error(`almanac ${words.join(' ')} ended with status ${status}`);
}
