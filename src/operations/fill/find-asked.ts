import { type Range, subtractAll } from '../../market/range.js';
import type { HoleWork } from './hole-work.js';

/** Those of which all that is still missing lies in ranges that were asked for already. One sweep for all of them. */
export function findAsked(works: readonly HoleWork[], asked: readonly Range[]): ReadonlySet<HoleWork> {
  const rests = works.flatMap((work) => work.rest().map((range) => ({ work, range })));
  const left = subtractAll(
    rests.map(({ range }) => range),
    asked,
  );
  const open = new Set(rests.filter((_, i) => left[i]?.length !== 0).map(({ work }) => work));
  return new Set(works.filter((work) => !open.has(work)));
}
