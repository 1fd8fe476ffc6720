import { describe, expect, test } from '@jest/globals';
import { formatInTimeZone } from 'date-fns-tz';
import fc from 'fast-check';
import type { Session } from '../../../src/market/calendar.js';
import { easterOf } from '../../../src/market/calendars/easter.js';
import { ZoneClock } from '../../../src/market/calendars/zone-clock.js';
import { CALENDAR_IDS, findCalendar } from '../../../src/market/calendars.js';
import { calendar, sessionsBetween, showDate } from './sessions-of.js';

const DAY = 86_400_000;
const SESSIONAL = CALENDAR_IDS.filter((id) => calendar(id).sessions !== undefined);
const instant = fc.integer({ min: Date.UTC(1985, 0, 1), max: Date.UTC(2036, 0, 1) });
const length = fc.oneof(fc.integer({ min: 0, max: DAY }), fc.integer({ min: 0, max: 500 * DAY }));

test('a calendar is found by its name, and by no other', () => {
  for (const id of CALENDAR_IDS) expect(findCalendar(id)?.id).toBe(id);
  expect(new Set(CALENDAR_IDS).size).toBe(CALENDAR_IDS.length);
  expect(['', 'xnys', 'XNSE', '__proto__'].map(findCalendar)).toEqual([undefined, undefined, undefined, undefined]);
});

describe.each(SESSIONAL)('%s', (id) => {
  const all = sessionsBetween(id, '1984-01-01', '2038-01-01');

  test('has sessions that come one after another, each with its breaks inside', () => {
    const isBroken = ({ date, open, close, breaks = [] }: Session, i: number): boolean => {
      const edges = [open, ...breaks.flatMap(({ start, end }) => [start, end]), close];
      const before = all[i - 1]?.close ?? Number.NEGATIVE_INFINITY;
      const ascends = edges.every((edge, at) => at === 0 || edge > (edges[at - 1] as number));
      return !ascends || open < before || date % DAY !== 0 || Math.abs(open - date) >= DAY;
    };
    expect(all.filter(isBroken)).toEqual([]);
    expect(all.length).toBeGreaterThan(2500);
  });

  test('has one daily session a date at most, and none on a weekend', () => {
    if (calendar(id).rhythm !== 'daily') return;
    expect(new Set(all.map(({ date }) => date)).size).toBe(all.length);
    expect(all.filter(({ date }) => new Date(date).getUTCDay() % 6 === 0)).toEqual([]);
  });

  test('gives those that meet a range, whole, and no others', () => {
    fc.assert(
      fc.property(instant, length, (start, span) => {
        const range = { start, end: start + span };
        const meets = ({ open, close }: Session): boolean => close > range.start && open < range.end;
        expect(calendar(id).sessions?.(range)).toEqual(span === 0 ? [] : all.filter(meets));
      }),
      { numRuns: 60 },
    );
  });
});

test.each(['America/New_York', 'Europe/London', 'Europe/Berlin', 'Asia/Tokyo', 'Asia/Hong_Kong', 'Australia/Sydney'])(
  'the clocks of %s show what date-fns-tz reads from them',
  (zone) => {
    const clock = new ZoneClock(zone);
    // At noon nobody changes the clocks. (Its getTimezoneOffset errs on days on which they change; this does not.)
    const noon = fc.integer({ min: 3650, max: 24_000 }).map((days) => days * DAY + DAY / 2);
    fc.assert(
      fc.property(noon, (wall) => {
        const shown = formatInTimeZone(clock.toInstant(wall), zone, "yyyy-MM-dd'T'HH:mm'Z'");
        expect(Date.parse(shown)).toBe(wall);
      }),
      { numRuns: 200 },
    );
  },
);

test('Easter', () => {
  const easters = [1961, 1990, 2000, 2008, 2011, 2024, 2025, 2038, 2049, 2076].map((year) => showDate(easterOf(year)));
  expect(easters).toEqual([
    '1961-04-02',
    '1990-04-15',
    '2000-04-23',
    '2008-03-23',
    '2011-04-24',
    '2024-03-31',
    '2025-04-20',
    '2038-04-25',
    '2049-04-18',
    '2076-04-19',
  ]);
});
