import path from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { TICK } from '../../../src/market/bars.js';
import { ALWAYS_OPEN, type Calendar } from '../../../src/market/calendar.js';
import { formatInstant } from '../../../src/market/instant.js';
import { findFetched } from '../../../src/operations/coverage/find-fetched.js';
import { measureCoverage } from '../../../src/operations/coverage/measure-coverage.js';
import type { PutProvenance, Series } from '../../../src/store/face.js';
import { openStore } from '../../../src/store/open-store.js';
import { temporaryFolder } from '../../support/temp-folder.js';

const SECOND = 1000;
const DERIV: PutProvenance = { provider: 'deriv', via: 'live', fetchedAt: '2024-06-01T00:00:00Z', derived: false };
const root = temporaryFolder();
let number = 0;
let series: Series;

beforeEach(() => {
  series = openStore(path.join(root, String(number++))).series('R_100', 'ticks');
});

const at = (text: string): number => Date.parse(`2024-01-0${text}:00Z`);

/** A tick every two seconds between the two, as one request brings them, but for the quiet between others. */
async function put(start: string, end: string, quiet: readonly (readonly [string, string])[] = [], by = DERIV) {
  const times: number[] = [];
  for (let time = at(start); time < at(end); time += 2 * SECOND)
    if (!quiet.some(([from, to]) => time >= at(from) && time < at(to))) times.push(time);
  const time = Float64Array.from(times);
  await series.put({ time, columns: TICK, values: [time.map(() => 5)] }, by);
}

async function holesOf(start: string, end: string, calendar: Calendar = ALWAYS_OPEN) {
  const expectation = { calendar, timeframe: 'ticks', grid: 'clock' } as const;
  const { holes } = await measureCoverage(series, expectation, { start: at(start), end: at(end) }, []);
  return holes.map(({ start, end }) => [formatInstant(start), formatInstant(end)]);
}

const HOLE = [['2024-01-03T01:59:58.001Z', '2024-01-03T04:00:00Z']];

describe('what nobody fetched of a day of ticks', () => {
  it('is a hole between two parts of it that were', async () => {
    await put('3T00:00', '3T02:00');
    await put('3T04:00', '3T06:00');
    expect(await holesOf('3T00:00', '3T06:00')).toEqual(HOLE);
  });

  it('is a hole whichever part came first, and none once it has come', async () => {
    await put('3T04:00', '3T06:00');
    await put('3T00:00', '3T02:00');
    expect(await holesOf('3T00:00', '3T06:00')).toEqual(HOLE);
    await put('3T02:00', '3T04:00');
    expect(await holesOf('3T00:00', '3T06:00')).toEqual([]);
    const provenance = (await series.years()).flatMap(({ sidecar }) => sidecar?.provenance ?? []);
    expect(provenance.map(({ from, rows }) => [from, rows])).toEqual([['2024-01-03T00:00:00Z', 3 * 3600]]);
  });

  it('is a hole between parts of two sources as well', async () => {
    await put('3T00:00', '3T02:00');
    await put('3T04:00', '3T06:00', [], { ...DERIV, provider: 'csv', via: 'import' });
    expect(await holesOf('3T00:00', '3T06:00')).toEqual(HOLE);
  });

  it('is not what was quiet in the middle of what one request brought', async () => {
    await put('3T00:00', '4T00:00', [['3T03:00', '3T03:40']]);
    // A second part that goes on at once is part of the same run, and the block is written anew.
    await put('4T00:00', '4T06:00', [['4T01:00', '4T02:00']]);
    await put('4T06:00', '4T07:00');
    expect(await holesOf('3T00:00', '4T07:00')).toEqual([]);
  });
});

it('a block of which provenance does not tell every row, and a year that has none, stand for themselves', async () => {
  await put('3T00:00', '3T02:00');
  await put('3T04:00', '3T06:00');
  const [year] = await series.years();
  const { blocks } = await series.coverage();
  const whole = [{ start: at('3T00:00'), end: at('3T06:00') - 2 * SECOND + 1 }];
  const [first] = year?.sidecar?.provenance ?? [];
  const short = { sidecar: { provenance: [first] } } as unknown as NonNullable<typeof year>;
  expect(findFetched(blocks, [short])).toEqual(whole);
  expect(findFetched(blocks, [{ sidecar: undefined }])).toEqual(whole);
  expect(findFetched(blocks, year === undefined ? [] : [year])).toHaveLength(2);
});
