import { mix, toUnit } from './hash.js';
import type { Recipe } from './listings.js';
import { findSessionsBetween } from './new-york.js';
import { DAY } from './steps.js';

/** What happens to a share without a trade; `time` is the session's date at 00:00 UTC, before whose open it holds. */
export type MarketEvent =
  | { readonly time: number; readonly kind: 'split'; readonly numerator: number; readonly denominator: number }
  | { readonly time: number; readonly kind: 'dividend'; readonly amount: number };

interface Split {
  readonly time: number;
  readonly numerator: number;
}

const SPLITS: Readonly<Record<string, readonly Split[]>> = {
  AAPL: [
    { time: Date.parse('2014-06-09'), numerator: 7 },
    { time: Date.parse('2020-08-31'), numerator: 4 },
  ],
};
const QUARTERS = [1, 4, 7, 10] as const;
const NONE: readonly Split[] = [];

/** How many of today's shares one share of that time has become. */
export function splitFactor(symbol: string, time: number): number {
  return (SPLITS[symbol] ?? NONE).reduce((factor, split) => (time < split.time ? factor * split.numerator : factor), 1);
}

/** Splits and dividends in [start, end). Dividends are paid by those who pay them, four times a year since 2005. */
export function findEvents(recipe: Recipe, key: number, start: number, end: number): readonly MarketEvent[] {
  if (recipe.kind !== 'stock' || recipe.symbol === 'THIN') return [];
  const events: MarketEvent[] = (SPLITS[recipe.symbol] ?? NONE).map((split) => ({
    ...split,
    kind: 'split',
    denominator: 1,
  }));
  const from = Math.max(start, recipe.listedFrom, Date.UTC(2005, 0, 1));
  for (let year = new Date(from).getUTCFullYear(); year <= new Date(end).getUTCFullYear(); year++) {
    for (const month of QUARTERS) {
      const wanted = Date.UTC(year, month, 5 + (mix(key, year * 16 + month) % 8));
      const session = findSessionsBetween(wanted, wanted + 7 * DAY)[0];
      if (session === undefined || session.date < from) continue;
      const cents = 20 + Math.floor(toUnit(mix(key, month * 4096 + year)) * 60);
      events.push({ time: session.date, kind: 'dividend', amount: cents / 100 });
    }
  }
  return events.filter(({ time }) => time >= start && time < end).sort((a, b) => a.time - b.time);
}
