import { join } from 'node:path';
import { openStore } from '../../dist/index.js';
import { race } from '../measure.js';
import { runPython } from '../rival.js';
import { DAY, MADE_UP, rowsBetween, SYMBOL, YEAR } from '../setting.js';

const WARMUPS = 2;

/** The daily chore: 1,440 new minutes at the end of a year that is nearly full, safe on disk when it returns. */
export async function measureAppendDay({ folder, bars, file, rounds, slowRounds }) {
  const series = openStore(join(folder, 'append')).series(SYMBOL, '1m');
  const firstDay = YEAR.end - (rounds + WARMUPS) * DAY;
  await series.put(rowsBetween(bars, YEAR.start, firstDay), MADE_UP);
  const append = async (turn) => {
    const start = firstDay + turn * DAY;
    const { added } = await series.put(rowsBetween(bars, start, start + DAY), MADE_UP);
    if (added !== 1440) throw new Error(`added ${added} rows of 1,440`);
  };
  const [almanac] = await race([{ name: 'almanac put, fsynced', run: append }], rounds, WARMUPS);
  const pandas = runPython('pandas', 'append_pandas.py', ', read + concat + write', [
    file,
    join(folder, 'pandas-append.csv.gz'),
    slowRounds,
  ]);
  return {
    title: 'Append a day to the year',
    rows: [almanac, pandas],
    figures: { append: almanac.ms, pandasAppend: pandas.ms },
  };
}
