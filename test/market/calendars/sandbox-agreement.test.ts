import { describe, expect, test } from '@jest/globals';
import { findFxWeeks } from '../../../plugins/sandbox/src/market/fx-week.js';
import { findSessionsBetween } from '../../../plugins/sandbox/src/market/new-york.js';
import { sessionsBetween, sessionsOf, showDate } from './sessions-of.js';

/**
 * Days on which the sandbox's New York keeps hours that the real one did not. It was written apart from these
 * calendars, and knows no odd days.
 */
const SANDBOX_OWN = new Set(['2002-07-03', '2002-07-05', '2002-09-11', '2003-12-26', '2005-06-01']);

const show = ({ date, open, close }: { date: number; open: number; close: number }): string =>
  `${showDate(date)} ${new Date(open).toISOString()} ${new Date(close).toISOString()}`;

describe('the sandbox, written independently, agrees', () => {
  test('on every session of New York from 2000 to 2030', () => {
    for (let year = 2000; year <= 2030; year++) {
      const theirs = findSessionsBetween(Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
      const ours = sessionsOf('XNYS', year);
      expect(ours.map(({ date }) => date)).toEqual(theirs.map(({ date }) => date));
      const settled = ({ date }: { readonly date: number }): boolean => !SANDBOX_OWN.has(showDate(date));
      expect(ours.filter(settled).map(show)).toEqual(theirs.filter(settled).map(show));
    }
  });

  test('on every week of currencies from 2000 to 2030', () => {
    const [start, end] = [Date.UTC(2000, 0, 1), Date.UTC(2031, 0, 1)];
    const ours = sessionsBetween('fx', start, end).map(({ open, close }) => ({ start: open, end: close }));
    expect(ours).toEqual(findFxWeeks(start, end));
    expect(ours.length).toBe(1618);
  });
});
