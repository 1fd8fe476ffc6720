import { join } from 'node:path';
import { openStore } from '../../dist/index.js';
import { validateCache } from '../../dist/operations/validate/validate-cache.js';
import { noteName } from '../../dist/store/layout.js';
import { madeUpBars } from '../made-up-bars.js';
import { race, runProgram } from '../measure.js';
import { runPython } from '../rival.js';
import { MADE_UP, MINUTE } from '../setting.js';
import { ALMANAC } from './start-up.js';

const HOUR = 60 * MINUTE;
const END = Date.UTC(2024, 0, 1);
const HOURLY = Array.from({ length: 50 }, (_, i) => `HOUR${i}USDT`);
const MINUTELY = Array.from({ length: 10 }, (_, i) => `MINUTE${i}USDT`);

/** Fifty series of five years of hours and ten of a year of minutes: is anything missing? Counts prove that nothing is. */
export async function measureValidate({ folder, rounds }) {
  const cache = join(folder, 'validate');
  const store = openStore(cache);
  await putEach(store, HOURLY, '1h', madeUpBars(Date.UTC(2019, 0, 1), END, HOUR));
  await putEach(store, MINUTELY, '1m', madeUpBars(Date.UTC(2023, 0, 1), END, MINUTE));
  // As many series, years and blocks as there are of minutes, with a sixtieth of the rows.
  await putEach(store, MINUTELY, '1h', madeUpBars(Date.UTC(2023, 0, 1), END, HOUR));
  const name = (symbols, timeframe) => symbols.map((symbol) => ({ symbol, timeframe }));
  const judge = (names) => async () => {
    const expecting = { providers: [], calendarOf: () => undefined, outages: () => [], noteName, now: () => END };
    const { results } = await validateCache(names, { store: openStore(cache), expecting }, { now: END });
    const whole = results.filter(({ score, read }) => score === 100 && read.blocksRead === 0);
    if (whole.length !== names.length) throw new Error(`${whole.length} of ${names.length} series are whole`);
  };
  const all = [...name(HOURLY, '1h'), ...name(MINUTELY, '1m')];
  const words = [ALMANAC, 'cache', 'validate-gaps', '--cache-dir', cache];
  const command = () => runProgram('env', ['ALMANAC_NOW=2024-01-01T00:00:00Z', process.execPath, ...words]);
  const rows = await race(
    [
      { name: 'almanac, the gap scan', run: judge(all) },
      { name: 'almanac cache validate-gaps, the whole command', run: command },
      { name: 'almanac, ten years of minutes', run: judge(name(MINUTELY, '1m')) },
      { name: 'almanac, ten years of hours', run: judge(name(MINUTELY, '1h')) },
    ],
    rounds,
  );
  const pandas = runPython('pandas', 'validate_pandas.py', ', read and diff', [cache, 1]);
  const [scan, , minutes, hours] = rows;
  return {
    title: 'Is anything missing: 50 × 5 years of 1h, 10 × 1 year of 1m',
    rows: [...rows, pandas],
    figures: {
      validate: scan.ms,
      validateMinutes: minutes.ms,
      validateHours: hours.ms,
      pandasValidate: pandas.ms,
    },
  };
}

async function putEach(store, symbols, timeframe, bars) {
  for (const symbol of symbols) await store.series(symbol, timeframe).put(bars, MADE_UP);
}
