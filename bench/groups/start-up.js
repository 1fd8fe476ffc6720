import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { race, runProgram } from '../measure.js';

export const ALMANAC = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

/**
 * What it costs to begin. `--version` is answered before the command framework is loaded, so the command that
 * lists an empty cache is shown beside it: that is what every other command pays.
 */
export async function measureStartUp({ folder, rounds }) {
  const empty = join(folder, 'empty');
  const almanac = (...args) => runProgram(process.execPath, [ALMANAC, ...args]);
  const rows = await race(
    [
      { name: 'almanac --version', run: () => almanac('--version') },
      { name: 'almanac cache list, nothing there', run: () => almanac('cache', 'list', '--cache-dir', empty) },
      { name: 'node -e 0', run: () => runProgram(process.execPath, ['-e', '0']) },
    ],
    rounds,
  );
  return { title: 'Start', rows, figures: { startUp: rows[0].ms - rows[2].ms } };
}
