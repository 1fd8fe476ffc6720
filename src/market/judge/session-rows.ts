import { type Expectation, expectedOpens } from '../expected.js';
import { intersect, yearOf, yearRange } from '../range.js';
import { DAY, stepOf } from '../timeframe.js';

/** Whether rows are bars that a calendar with sessions expects. Rows come in order, so a year's bars are listed once. */
export class SessionRows {
  #opens: Float64Array = new Float64Array(0);
  #at = 0;
  #year = Number.NaN;

  constructor(private readonly expectation: Expectation) {}

  /** `off-grid`: there is trading, but the series' bars count from elsewhere. */
  judge(time: number): 'outside-session' | 'off-grid' | undefined {
    const { calendar, timeframe } = this.expectation;
    if (timeframe === 'ticks') return undefined;
    const { known } = calendar;
    if (known !== undefined && (time < known.start || time >= known.end)) return undefined;
    this.#list(yearOf(time));
    while (this.#at < this.#opens.length && (this.#opens[this.#at] as number) < time) this.#at++;
    if (this.#opens[this.#at] === time) return undefined;
    return this.#isTraded(time) ? 'off-grid' : 'outside-session';
  }

  #list(year: number): void {
    if (year === this.#year) return;
    this.#year = year;
    this.#at = 0;
    this.#opens = expectedOpens(this.expectation, yearRange(year));
  }

  /** A bar of hours may begin before the session's open; one of days or more has no hours that could lie elsewhere. */
  #isTraded(time: number): boolean {
    const step = stepOf(this.expectation.timeframe) ?? DAY;
    if (step >= DAY) return false;
    const bar = { start: time, end: time + step };
    return (this.expectation.calendar.sessions?.(bar) ?? []).some(
      ({ open, close, breaks = [] }) =>
        intersect(bar, { start: open, end: close }) !== undefined &&
        !breaks.some((pause) => bar.start >= pause.start && bar.end <= pause.end),
    );
  }
}
