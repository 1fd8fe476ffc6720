import { calendarOfListing } from '../market/calendars/by-listing.js';
import { type AssetClass, defaultCalendar, parseSymbol } from '../market/symbol.js';

/** Where each calendar's clocks hang. */
const ZONES: Readonly<Record<string, string>> = {
  XNYS: 'America/New_York',
  XNAS: 'America/New_York',
  XLON: 'Europe/London',
  XETR: 'Europe/Berlin',
  XFRA: 'Europe/Berlin',
  XPAR: 'Europe/Paris',
  XAMS: 'Europe/Amsterdam',
  XBRU: 'Europe/Brussels',
  XLIS: 'Europe/Lisbon',
  XTKS: 'Asia/Tokyo',
  XHKG: 'Asia/Hong_Kong',
  XTSE: 'America/Toronto',
  XASX: 'Australia/Sydney',
  // Yahoo counts the days of currencies by London's.
  fx: 'Europe/London',
  '24x7': 'UTC',
};

/** The suffixes after which nobody here knows the exchange: New York would be a guess, and hours wrong. */
const ELSEWHERE = /\.[A-Z]{2,3}$/;

export interface Listing {
  readonly calendar: string;
  readonly zone: string;
}

/** Where a symbol trades; undefined where its suffix names an exchange that is not known here. */
export function findListing(symbol: string): Listing | undefined {
  const { ticker, assetClass } = parseSymbol(symbol);
  const listed = hasSessions(assetClass) ? calendarOfListing(ticker) : undefined;
  if (listed === undefined && assetClass === 'equity' && ELSEWHERE.test(ticker)) return undefined;
  const calendar = listed ?? defaultCalendar(assetClass);
  const zone = ZONES[calendar];
  return zone === undefined ? undefined : { calendar, zone };
}

export function hasSessions(assetClass: AssetClass): boolean {
  return assetClass !== 'crypto' && assetClass !== 'synthetic';
}
