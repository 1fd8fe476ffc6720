import { join } from 'node:path';
import { openStore } from '../../dist/index.js';
import { madeUpBars } from '../made-up-bars.js';
import { race } from '../measure.js';
import { runPython } from '../rival.js';
import { MADE_UP, MINUTE, SYMBOL } from '../setting.js';

const JUNE = { start: Date.UTC(2023, 5, 1), end: Date.UTC(2023, 6, 1) };

/** A corrected month replaces the one that is there: every row differs, the other eleven blocks are copied. */
export async function measureReplaceMonth({ folder, bars, file, rounds, slowRounds }) {
  const series = openStore(join(folder, 'replace')).series(SYMBOL, '1m');
  await series.put(bars, MADE_UP);
  const replace = async (turn) => {
    const june = madeUpBars(JUNE.start, JUNE.end, MINUTE, 100 + turn);
    const { replaced } = await series.put(june, MADE_UP, { winner: 'incoming', replace: JUNE });
    if (replaced < 43_000) throw new Error(`replaced ${replaced} rows of 43,200`);
  };
  const [almanac] = await race([{ name: 'almanac put, fsynced', run: replace }], rounds);
  const pandas = runPython('pandas', 'replace_pandas.py', ', read + splice + write', [
    file,
    join(folder, 'pandas-replace.csv.gz'),
    slowRounds,
  ]);
  return { title: 'Replace a month of the year', rows: [almanac, pandas], figures: {} };
}
