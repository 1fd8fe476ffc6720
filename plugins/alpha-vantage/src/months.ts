import { FIRST_MONTH } from './endpoints.js';
import { dateIn } from './new-york.js';

/** The months of New York's calendar that meet [start, end), as `2024-03`: its evening is already the next day in UTC. */
export function monthsBetween(start: number, end: number): readonly string[] {
  const months: string[] = [];
  const last = dateIn(end - 1);
  const from = new Date(dateIn(Math.max(start, FIRST_MONTH)));
  for (let i = 0; ; i++) {
    const month = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + i, 1);
    if (month > last) return months;
    months.push(new Date(month).toISOString().slice(0, 7));
  }
}
