import { fileURLToPath } from 'node:url';
import { race, runProgram } from '../measure.js';

export const ALMANAC = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

/** What every command pays before it begins. */
export async function measureStartUp({ rounds }) {
  const rows = await race(
    [
      { name: 'almanac --version', run: () => runProgram(process.execPath, [ALMANAC, '--version']) },
      { name: 'node -e 0', run: () => runProgram(process.execPath, ['-e', '0']) },
    ],
    rounds * 2,
  );
  return { title: 'Start', rows, figures: { startUp: rows[0].ms - rows[1].ms } };
}
