import { yearRange } from '../../market/range.js';
import type { Explained, Rejected } from '../sidecar/sidecar.js';

/** Ranges of this year that are not known yet are added; the very same array comes back where there are none. */
export function joinExplained(
  before: readonly Explained[] | undefined,
  added: readonly Explained[] | undefined,
  year: number,
): readonly Explained[] {
  const { start, end } = yearRange(year);
  const fresh = (added ?? []).filter((range) => Date.parse(range.from) < end && Date.parse(range.to) > start);
  if (fresh.length === 0) return before ?? [];
  const known = before ?? [];
  const novel = fresh.filter(
    (range) => !known.some((old) => old.from === range.from && old.to === range.to && old.reason === range.reason),
  );
  return novel.length === 0 ? known : [...known, ...novel].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** Counts by reason, added up. */
export function joinRejected(
  before: readonly Rejected[] | undefined,
  added: readonly Rejected[] | undefined,
): readonly Rejected[] {
  const counts = new Map<string, number>();
  for (const { reason, count } of [...(before ?? []), ...(added ?? [])])
    counts.set(reason, (counts.get(reason) ?? 0) + count);
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => (a.reason < b.reason ? -1 : 1));
}
