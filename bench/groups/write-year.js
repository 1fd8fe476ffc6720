import { join } from 'node:path';
import { openStore } from '../../dist/index.js';
import { race, runProgram } from '../measure.js';
import { runPython } from '../rival.js';
import { MADE_UP, SYMBOL } from '../setting.js';

/** The year from memory to disk, into an empty folder each time. */
export async function measureWriteYear({ folder, bars, file, textFile, rounds, slowRounds }) {
  const write = (turn) =>
    openStore(join(folder, `write-${turn}`))
      .series(SYMBOL, '1m')
      .put(bars, MADE_UP);
  const [almanac, gzip] = await race(
    [
      { name: 'almanac put, hashed and fsynced', run: write },
      { name: 'gzip -4 of the finished text, to nowhere', run: () => runProgram('gzip', ['-4', '-c', textFile]) },
    ],
    Math.min(rounds, 5),
  );
  const target = join(folder, 'pandas-write.csv.gz');
  const pandas = (level, label) => runPython('pandas', 'write_pandas.py', label, [file, target, slowRounds, level]);
  const typed = pandas(9, ', to_csv gzip, as typed');
  const level4 = pandas(4, ', the same at gzip level 4');
  return { title: 'Write the year', rows: [almanac, gzip, typed, level4], figures: {} };
}
