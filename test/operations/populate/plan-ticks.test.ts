import path from 'node:path';
import { expect, it } from '@jest/globals';
import { ALWAYS_OPEN } from '../../../src/market/calendar.js';
import { findCalendar } from '../../../src/market/calendars.js';
import { formatInstant } from '../../../src/market/instant.js';
import type { Ask } from '../../../src/operations/populate/ask.js';
import { planSeries } from '../../../src/operations/populate/plan-series.js';
import { openStore } from '../../../src/store/open-store.js';
import { temporaryFolder } from '../../support/temp-folder.js';

const series = openStore(path.join(temporaryFolder(), 'cache')).series('frxEURUSD', 'ticks');
const ask = {
  symbol: 'frxEURUSD',
  timeframe: 'ticks',
  // From a Friday noon to a Monday noon.
  range: { start: Date.parse('2024-01-05T12:00Z'), end: Date.parse('2024-01-08T12:00Z') },
  asked: { start: Date.parse('2024-01-05T12:00Z'), end: Date.parse('2024-01-08T12:00Z') },
  expectation: { calendar: findCalendar('fx') ?? ALWAYS_OPEN, timeframe: 'ticks', grid: 'clock' },
  standstills: [],
  choice: {
    provider: 'deriv',
    reason: 'a test',
    instrument: { symbol: 'frxEURUSD', native: 'frxEURUSD', assetClass: 'forex' },
    market: { assetClass: 'forex', volume: 'none', timeframes: [] },
    timeframe: { timeframe: 'ticks', barsPerRequest: 5000 },
  },
} as unknown as Ask;

it.each([false, true])('ticks of a closed weekend are asked of nobody, by force %s', async (force) => {
  const now = Date.parse('2024-02-01');
  const { tasks } = await planSeries(ask, series, { empty: [] }, { now, archive: true, force });
  expect(tasks.map(({ start, end }) => [formatInstant(start), formatInstant(end)])).toEqual([
    ['2024-01-05T12:00:00Z', '2024-01-05T22:00:00Z'],
    ['2024-01-07T22:00:00Z', '2024-01-08T00:00:00Z'],
    ['2024-01-08T00:00:00Z', '2024-01-08T12:00:00Z'],
  ]);
});
