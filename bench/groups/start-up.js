import { fileURLToPath } from 'node:url';
import { race, runProgram } from '../measure.js';

export const ALMANAC = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

/**
 * What it costs to begin. `--version` is answered before the command framework is loaded, so a real
 * command with next to nothing to do is shown beside it: that is what every other command pays.
 */
export async function measureStartUp({ cache, rounds }) {
  const almanac = (...args) => runProgram(process.execPath, [ALMANAC, ...args]);
  const rows = await race(
    [
      { name: 'almanac --version', run: () => almanac('--version') },
      { name: 'almanac cache list, of one series', run: () => almanac('cache', 'list', '--cache-dir', cache) },
      { name: 'node -e 0', run: () => runProgram(process.execPath, ['-e', '0']) },
    ],
    rounds,
  );
  return { title: 'Start', rows, figures: { startUp: rows[0].ms - rows[2].ms } };
}
