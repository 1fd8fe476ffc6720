import { openStore } from '../../dist/index.js';
import { race } from '../measure.js';
import { SYMBOL } from '../setting.js';

const JUNE = { start: Date.UTC(2023, 5, 1), end: Date.UTC(2023, 6, 1) };

/** One month out of the year: one block is read, inflated, checked and parsed. */
export async function measureReadMonth({ cache, rounds }) {
  const series = openStore(cache).series(SYMBOL, '1m');
  const month = async () => {
    const { time } = await series.read(JUNE);
    if (time.length !== 43_200) throw new Error(`read ${time.length} rows of 43,200`);
  };
  // One after the other, not in turns: a year just read leaves its garbage for the month to sweep.
  const [one] = await race([{ name: 'almanac, one month', run: month }], rounds * 3);
  const [year] = await race([{ name: 'almanac, the year', run: () => series.read() }], rounds);
  const rows = [one, year];
  return { title: 'Read one month of the year', rows, figures: { readMonth: rows[0].ms, yearBesideMonth: rows[1].ms } };
}
