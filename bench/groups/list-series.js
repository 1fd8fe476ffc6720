import { join } from 'node:path';
import { openStore } from '../../dist/index.js';
import { madeUpBars } from '../made-up-bars.js';
import { race, runProgram } from '../measure.js';
import { DAY, MADE_UP } from '../setting.js';
import { ALMANAC } from './start-up.js';

const SERIES = 1000;

/** A cache of a thousand series, listed from their sidecars; by the library, and by the command from cold. */
export async function measureListSeries({ folder, rounds }) {
  const cache = join(folder, 'many');
  const store = openStore(cache);
  const bars = madeUpBars(Date.UTC(2023, 0, 1), Date.UTC(2023, 6, 1), DAY);
  const symbols = Array.from({ length: SERIES }, (_, i) => `MADEUP${String(i).padStart(4, '0')}`);
  for (let i = 0; i < SERIES; i += 20) {
    await Promise.all(symbols.slice(i, i + 20).map((symbol) => store.series(symbol, '1d').put(bars, MADE_UP)));
  }
  const list = async () => {
    const { length } = await openStore(cache).list();
    if (length !== SERIES) throw new Error(`listed ${length} series of ${SERIES}`);
  };
  const command = () => runProgram(process.execPath, [ALMANAC, 'cache', 'list', '--cache-dir', cache]);
  const rows = await race(
    [
      { name: 'almanac, store.list()', run: list },
      { name: 'almanac cache list, the whole command', run: command },
    ],
    rounds,
  );
  return { title: 'List 1,000 series', rows, figures: { list: rows[0].ms, listCommand: rows[1].ms } };
}
