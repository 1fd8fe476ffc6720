import type { Series } from '../../store/face.js';
import { matchCalendar } from '../populate/match-calendar.js';
import { expectSeries } from './expect-series.js';
import type { ExpectedSeries, ExpectTools } from './expected-series.js';

export interface Glancing {
  readonly calendars: Parameters<typeof matchCalendar>[0];
  readonly outages?: ExpectTools['outages'];
  readonly now: number;
}

/** The same without asking which providers are installed: for a glance, which shall not wait for plugins to load. */
export function expectByBars(
  series: Series,
  { calendars, outages = () => [], now }: Glancing,
): Promise<ExpectedSeries> {
  return expectSeries(series, {
    providers: [],
    calendarOf: (symbol) => matchCalendar(calendars, symbol),
    outages,
    noteName: (symbol, timeframe) => `${symbol}.${timeframe}`,
    now: () => now,
  });
}
