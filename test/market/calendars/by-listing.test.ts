import { expect, test } from '@jest/globals';
import { calendarOfListing, isUnknownListing } from '../../../src/market/calendars/by-listing.js';
import { CALENDAR_IDS } from '../../../src/market/calendars.js';

test.each([
  ['VOD.L', 'XLON'],
  ['TSCO.LON', 'XLON'],
  ['SAP.DE', 'XETR'],
  ['SAP.DEX', 'XETR'],
  ['SAP.F', 'XFRA'],
  ['MC.PA', 'XPAR'],
  ['ASML.AS', 'XAMS'],
  ['UCB.BR', 'XBRU'],
  ['EDP.LS', 'XLIS'],
  ['^FCHI', 'XPAR'],
  ['7203.T', 'XTKS'],
  ['0700.HK', 'XHKG'],
  ['SHOP.TO', 'XTSE'],
  ['SHOP.TRT', 'XTSE'],
  ['BHP.AX', 'XASX'],
  ['BRK.B.L', 'XLON'],
  ['^IXIC', 'XNAS'],
  ['^NDX', 'XNAS'],
  ['^FTSE', 'XLON'],
  ['^GDAXI', 'XETR'],
  ['^HSI', 'XHKG'],
  ['^GSPTSE', 'XTSE'],
  ['^AXJO', 'XASX'],
  ['^N225', 'XTKS'],
])('%s trades by %s', (ticker, id) => {
  expect(calendarOfListing(ticker)).toBe(id);
  expect(CALENDAR_IDS).toContain(id);
});

test.each(['AAPL', 'BRK.B', 'RELIANCE.NS', '^GSPC', 'L', '.L.', 'X.constructor', '', 'A.LX', 'A.l', 'VODL', 'A.LONX'])(
  '%j names no exchange',
  (ticker) => {
    expect(calendarOfListing(ticker)).toBeUndefined();
  },
);

test.each([
  ['RELIANCE.NS', true],
  ['PETR4.SA', true],
  ['GC=F', true],
  ['MC.PA', false],
  ['AAPL', false],
  ['BRK.B', false],
  ['^GSPC', false],
  ['EURUSD=X', false],
])('of %s nobody knows the hours: %s', (ticker, isUnknown) => {
  expect(isUnknownListing(ticker)).toBe(isUnknown);
});
