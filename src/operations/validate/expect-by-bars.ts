import type { Series } from '../../store/face.js';
import { matchCalendar } from '../populate/match-calendar.js';
import { expectSeries } from './expect-series.js';
import type { ExpectedSeries } from './expected-series.js';

/** The same without asking which providers are installed: for a glance, which shall not wait for plugins to load. */
export function expectByBars(
  series: Series,
  calendars: Parameters<typeof matchCalendar>[0],
  now: number,
): Promise<ExpectedSeries> {
  return expectSeries(series, {
    providers: [],
    calendarOf: (symbol) => matchCalendar(calendars, symbol),
    outages: () => [],
    noteName: (symbol, timeframe) => `${symbol}.${timeframe}`,
    now: () => now,
  });
}
