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
  const junes = [2, 3].map((seed) => madeUpBars(JUNE.start, JUNE.end, MINUTE, seed));
  const replace = async (turn) => {
    const { replaced } = await series.put(junes[turn % 2], MADE_UP, { winner: 'incoming', replace: JUNE });
    if (replaced < 43_000) throw new Error(`replaced ${replaced} rows of 43,200`);
  };
  const [almanac] = await race([{ name: 'almanac put, fsynced', run: replace }], rounds);
  const target = join(folder, 'pandas-replace.csv.gz');
  const pandas = (level, label) => runPython('pandas', 'replace_pandas.py', label, [file, target, slowRounds, level]);
  const typed = pandas(9, ', read + splice + write, as typed');
  const level4 = pandas(4, ', the same at gzip level 4');
  return { title: 'Replace a month of the year', rows: [almanac, typed, level4], figures: {} };
}
