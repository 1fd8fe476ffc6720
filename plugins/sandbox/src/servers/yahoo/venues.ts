import type { Listing } from '../../market/market.js';
import { findSessionsBetween, type Session } from '../../market/new-york.js';
import { fromWall, offsetAt } from '../zone-clock.js';

const DAY = 86_400_000;
const OPENING = 9.5 * 3_600_000;

export interface Venue {
  readonly zone: string;
  readonly exchangeName: string;
  readonly fullExchangeName: string;
  readonly instrumentType: string;
  readonly hasPrePost: boolean;
}

const STOCK: Venue = {
  zone: 'America/New_York',
  exchangeName: 'NMS',
  fullExchangeName: 'NasdaqGS',
  instrumentType: 'EQUITY',
  hasPrePost: true,
};
const FX: Venue = {
  zone: 'Europe/London',
  exchangeName: 'CCY',
  fullExchangeName: 'CCY',
  instrumentType: 'CURRENCY',
  hasPrePost: false,
};
const CRYPTO: Venue = {
  ...FX,
  zone: 'UTC',
  exchangeName: 'CCC',
  fullExchangeName: 'CCC',
  instrumentType: 'CRYPTOCURRENCY',
};

export function venueOf(listing: Listing): Venue {
  return listing.kind === 'stock' ? STOCK : listing.kind === 'fx' ? FX : CRYPTO;
}

/** The stamp of a bar of a day or a week: the opening bell in New York, midnight elsewhere, by the venue's clocks. */
export function stampDay(listing: Listing, date: number): number {
  return fromWall(venueOf(listing).zone, date + (listing.kind === 'stock' ? OPENING : 0));
}

/** Months begin at midnight for all. */
export function stampMonth(listing: Listing, date: number): number {
  return fromWall(venueOf(listing).zone, date);
}

/** Sessions that meet [start, end): a stock's by the bells, of the others whole days. */
export function sessionsOf(listing: Listing, start: number, end: number): readonly Session[] {
  if (listing.kind === 'stock') return findSessionsBetween(start, end);
  const sessions: Session[] = [];
  for (let date = Math.floor(start / DAY) * DAY - DAY; date < end + DAY; date += DAY) {
    const open = fromWall(venueOf(listing).zone, date);
    const close = fromWall(venueOf(listing).zone, date + DAY);
    if (close > start && open < end) sessions.push({ date, open, close });
  }
  return sessions;
}

export function zoneNameAt(zone: string, at: number): string {
  const hours = offsetAt(zone, at) / 3_600_000;
  if (zone === 'America/New_York') return hours === -4 ? 'EDT' : 'EST';
  if (zone === 'Europe/London') return hours === 1 ? 'BST' : 'GMT';
  return 'UTC';
}
