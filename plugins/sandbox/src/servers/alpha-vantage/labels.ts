import { toWall } from '../zone-clock.js';

export const EASTERN = 'US/Eastern';
const ZONES: Readonly<Record<string, string>> = { [EASTERN]: 'America/New_York', UTC: 'UTC' };

export function labelDate(date: number): string {
  return new Date(date).toISOString().slice(0, 10);
}

/** The zone's wall clock, without a word about its offset. */
export function labelTime(zone: string, instant: number): string {
  return new Date(toWall(ZONES[zone] as string, instant)).toISOString().slice(0, 19).replace('T', ' ');
}
