import { expect, test } from '@jest/globals';
import { calendarOfListing } from '../../../src/market/calendars/by-listing.js';
import { CALENDAR_IDS } from '../../../src/market/calendars.js';

test.each([
  ['VOD.L', 'XLON'],
  ['TSCO.LON', 'XLON'],
  ['SAP.DE', 'XETR'],
  ['7203.T', 'XTKS'],
  ['0700.HK', 'XHKG'],
  ['SHOP.TO', 'XTSE'],
  ['BHP.AX', 'XASX'],
  ['^N225', 'XTKS'],
])('%s trades by %s', (ticker, id) => {
  expect(calendarOfListing(ticker)).toBe(id);
  expect(CALENDAR_IDS).toContain(id);
});

test.each(['AAPL', 'BRK.B', 'MC.PA', '^GSPC', 'L', '.L.', 'X.constructor', ''])('%j names no exchange', (ticker) => {
  expect(calendarOfListing(ticker)).toBeUndefined();
});
