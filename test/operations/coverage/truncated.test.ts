import { readFileSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { ALWAYS_OPEN } from '../../../src/market/calendar.js';
import { measureCoverage } from '../../../src/operations/coverage/measure-coverage.js';
import { glanceAll } from '../../../src/operations/series/glance-series.js';
import { openStore } from '../../../src/store/open-store.js';
import { listRows, makeBars, PROVENANCE } from '../../support/make-bars.js';
import { temporaryFolder } from '../../support/temp-folder.js';

const root = temporaryFolder();
const DAY = 86_400_000;
const BARS = makeBars('1d', Date.UTC(2024, 0, 1), 366);

it('a year cut short has what is left of it: the rest is missing, and fetched again it is whole', async () => {
  const store = openStore(root);
  const series = store.series('BTCUSDT', '1d');
  await series.put(BARS, PROVENANCE);
  const file = path.join(root, 'BTCUSDT/1d/2024.csv.gz');
  const whole = readFileSync(file);
  truncateSync(file, Math.floor(statSync(file).size / 3));

  expect((await series.years())[0]?.state).toBe('damaged');
  const { rows, last } = await series.info();
  expect(rows).toBe(31 + 29 + 31);
  expect(last).toBe(Date.UTC(2024, 2, 31));
  const expectation = { calendar: ALWAYS_OPEN, timeframe: '1d', grid: 'clock' } as const;
  const year = { start: Date.UTC(2024, 0, 1), end: Date.UTC(2025, 0, 1) };
  const covered = await measureCoverage(series, expectation, year, []);
  expect(covered).toMatchObject({ expected: 366, present: rows, missing: 366 - rows });
  expect(covered.holes).toEqual([{ start: Date.UTC(2024, 3, 1), end: year.end, bars: 366 - rows }]);
  const [glance] = await glanceAll(store, [series], { calendars: [], now: Date.UTC(2024, 2, 31) + DAY });
  expect(glance).toMatchObject({ expected: rows, present: rows });

  expect(await series.put(BARS, PROVENANCE)).toMatchObject({ added: 366 - rows, repaired: [expect.any(String)] });
  expect(listRows(await series.read())).toEqual(listRows(BARS));
  expect(readFileSync(file)).toEqual(whole);
});
