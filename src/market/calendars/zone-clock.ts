import { type Range, yearOf } from '../range.js';
import { DAY } from '../timeframe.js';

const HOUR = DAY / 24;
const MINUTE = HOUR / 60;

/** So long the clocks are so far ahead of UTC. */
interface Span extends Range {
  readonly offset: number;
}

/**
 * A zone's clocks. The time zone data are asked only for when the clocks change, once a year of each zone: what lies
 * between is arithmetic, and ten years of sessions cost a few hundred look-ups rather than thousands.
 */
export class ZoneClock {
  readonly #years = new Map<number, readonly Span[]>();
  #format: Intl.DateTimeFormat | undefined;
  /** Instants are asked for in order, mostly. */
  #last: Span = { start: 0, end: 0, offset: 0 };

  constructor(private readonly zone: string) {}

  /** The instant at which the clocks show this, written as if it were UTC. For hours in which they do not change. */
  toInstant(wall: number): number {
    return wall - this.#offsetAt(wall - this.#offsetAt(wall));
  }

  #offsetAt(instant: number): number {
    if (instant < this.#last.start || instant >= this.#last.end) {
      const year = yearOf(instant);
      const spans = this.#years.get(year) ?? this.#readYear(year);
      this.#last = spans.find(({ end }) => instant < end) as Span;
    }
    return this.#last.offset;
  }

  /** Looks at the first of each month, and between two that differ for the hour of the change. */
  #readYear(year: number): readonly Span[] {
    const spans: Span[] = [];
    let start = Date.UTC(year, 0, 1);
    let offset = this.#read(start);
    for (let month = 0; month < 12; month++) {
      const end = Date.UTC(year, month + 1, 1);
      const after = this.#read(end);
      if (after === offset) continue;
      const change = this.#findChange(Math.max(start, Date.UTC(year, month, 1)), end, offset);
      spans.push({ start, end: change, offset });
      start = change;
      offset = after;
    }
    spans.push({ start, end: Date.UTC(year + 1, 0, 1), offset });
    this.#years.set(year, spans);
    return spans;
  }

  /** The first hour that has another offset than the first. */
  #findChange(from: number, until: number, offset: number): number {
    let low = from;
    let high = until;
    while (high - low > HOUR) {
      const middle = low + Math.floor((high - low) / HOUR / 2) * HOUR;
      if (this.#read(middle) === offset) low = middle;
      else high = middle;
    }
    return high;
  }

  #read(instant: number): number {
    this.#format ??= new Intl.DateTimeFormat('en-US', { timeZone: this.zone, timeZoneName: 'longOffset' });
    const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(this.#format.format(instant)) ?? [];
    if (sign === undefined) return 0;
    return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE);
  }
}
