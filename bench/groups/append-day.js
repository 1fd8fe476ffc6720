import { join } from 'node:path';
import { openStore } from '../../dist/index.js';
import { race } from '../measure.js';
import { runPython } from '../rival.js';
import { DAY, MADE_UP, rowsBetween, SYMBOL, YEAR } from '../setting.js';

/** A month, because a day costs little on the 1st, when its block is small, and most on the 31st: the median is mid-month. */
const DAYS = 31;
const WARMUPS = 2;

/** The daily chore: 1,440 new minutes at the end of the year, safe on disk when it returns. */
export async function measureAppendDay({ folder, bars, file, slowRounds }) {
  const series = openStore(join(folder, 'append')).series(SYMBOL, '1m');
  const firstDay = YEAR.end - DAYS * DAY;
  await series.put(rowsBetween(bars, YEAR.start, firstDay), MADE_UP);
  const days = Array.from({ length: DAYS }, (_, i) => rowsBetween(bars, firstDay + i * DAY, firstDay + (i + 1) * DAY));
  const append = async (turn) => {
    const { added } = await series.put(days[turn], MADE_UP);
    if (added !== 1440) throw new Error(`added ${added} rows of 1,440`);
  };
  const ours = [{ name: 'almanac put, fsynced, each day of December', run: append }];
  const [almanac] = await race(ours, DAYS - WARMUPS, WARMUPS);
  const target = join(folder, 'pandas-append.csv.gz');
  const pandas = (level, label) => runPython('pandas', 'append_pandas.py', label, [file, target, slowRounds, level]);
  const typed = pandas(9, ', read + concat + write, as typed');
  const level4 = pandas(4, ', the same at gzip level 4');
  return {
    title: 'Append a day to the year',
    rows: [almanac, typed, level4],
    figures: { append: almanac.ms, pandasAppend: typed.ms },
  };
}
