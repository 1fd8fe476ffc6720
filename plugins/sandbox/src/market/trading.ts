import { findFxWeeks } from './fx-week.js';
import type { Recipe } from './listings.js';
import { findSessionsBetween } from './new-york.js';
import type { Outage } from './outages.js';
import { MINUTE } from './steps.js';

/** The market's horizon: nothing is asked beyond. */
export const FOREVER = Date.UTC(2037, 0, 1);

/** Spans of unbroken trading that meet [start, end), whole: a span may begin long before. */
export function findTrading(recipe: Recipe, start: number, end: number): readonly Outage[] {
  const listing = { start: recipe.listedFrom, end: recipe.listedUntil ?? FOREVER };
  if (recipe.kind === 'stock') {
    return findSessionsBetween(Math.max(start, listing.start), Math.min(end, listing.end)).map((session) => ({
      start: session.open,
      end: session.close,
    }));
  }
  const spans =
    recipe.kind === 'fx' ? findFxWeeks(Math.max(start, listing.start), Math.min(end, listing.end)) : [listing];
  return spans
    .map((span) => ({ start: Math.max(span.start, listing.start), end: Math.min(span.end, listing.end) }))
    .flatMap((span) => subtract(span, recipe.outages))
    .filter((span) => span.end > start && span.start < end);
}

/** A minute in which trading stopped still is a bar; trading resumes on a whole minute. */
function subtract(span: Outage, outages: readonly Outage[]): readonly Outage[] {
  const parts: Outage[] = [];
  let from = span.start;
  for (const outage of outages) {
    if (outage.end <= from || outage.start >= span.end) continue;
    const stop = Math.ceil(outage.start / MINUTE) * MINUTE;
    if (stop > from) parts.push({ start: from, end: stop });
    from = Math.ceil(outage.end / MINUTE) * MINUTE;
  }
  if (from < span.end) parts.push({ start: from, end: span.end });
  return parts;
}
