import type { Calendar, Session } from '../calendar.js';
import type { Range } from '../range.js';
import { yearOf } from '../range.js';
import { DAY } from '../timeframe.js';
import { dateOf, isWeekend, onOrBefore, SUNDAY } from './dates.js';
import { ZoneClock } from './zone-clock.js';

const FIVE = (17 * DAY) / 24;
const WEEK = 7 * DAY;
const clock = new ZoneClock('America/New_York');

/**
 * The weeks in which currencies trade: from Sunday to Friday, 17:00 in New York, whatever day it is. On Christmas and
 * New Year's Day some feeds go on and some rest, and a bar that is there must not be overlooked: who rests says so when
 * asked, and then the bars count as explained.
 */
export const FX: Calendar = { id: 'fx', rhythm: 'weekly', sessions: findWeeks };

/** The same for a feed that is known to rest: from 17:00 on the eve to 17:00 of Christmas and of New Year's Day. */
export const FX_HOLIDAYS: Calendar = {
  id: 'fx-holidays',
  rhythm: 'weekly',
  sessions: (range) =>
    findWeeks(range)
      .flatMap(withoutHolidays)
      .filter((session) => meets(session, range)),
};

function findWeeks(range: Range): readonly Session[] {
  const weeks: Session[] = [];
  if (!(range.start < range.end)) return weeks;
  const day = Math.floor(range.start / DAY) * DAY;
  for (let sunday = onOrBefore(SUNDAY, day); sunday < range.end; sunday += WEEK) {
    const week = { date: sunday, open: atFive(sunday), close: atFive(sunday + 5 * DAY) };
    if (meets(week, range)) weeks.push(week);
  }
  return weeks;
}

function withoutHolidays(week: Session): readonly Session[] {
  const year = yearOf(week.close);
  const holidays = [dateOf(year - 1, 12, 25), dateOf(year, 1, 1), dateOf(year, 12, 25)];
  const parts: Session[] = [];
  let open = week.open;
  for (const holiday of holidays) {
    if (isWeekend(holiday) || holiday < week.date || holiday >= week.close) continue;
    const eve = atFive(holiday - DAY);
    if (eve > open) parts.push({ date: Math.floor(open / DAY) * DAY, open, close: eve });
    open = atFive(holiday);
  }
  if (open < week.close) parts.push({ date: Math.floor(open / DAY) * DAY, open, close: week.close });
  return parts;
}

function meets({ open, close }: Session, { start, end }: Range): boolean {
  return close > start && open < end;
}

function atFive(date: number): number {
  return clock.toInstant(date + FIVE);
}
