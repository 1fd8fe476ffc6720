import type { SourceTree } from '../../legacy/source-tree.js';
import { type Bars, concatBars, emptyBars } from '../../market/bars.js';
import type { Range } from '../../market/range.js';
import { Admission } from '../../sources/admission/admission.js';
import { rulesFor } from './legacy-rules.js';
import type { Source } from './source.js';
import type { Survey, SurveyOptions } from './survey-source.js';

/** A file's bars that open in the window: ascending, each time once. Of rows that repeat in one file the first stands. */
export async function readWindow(
  { claim, reader }: Source,
  { closedBy, ordered }: Pick<Survey, 'closedBy' | 'ordered'>,
  window: Range,
  tree: SourceTree,
  { zone, now, signal }: SurveyOptions,
): Promise<Bars> {
  const parts: Bars[] = [];
  for await (const batch of reader.read(claim, tree, { zone, now, signal })) {
    signal?.throwIfAborted();
    if (ordered && (batch.time[0] as number) >= window.end) break;
    const inside = pickWithin(batch, window);
    if (inside.time.length > 0) parts.push(inside);
  }
  if (parts.length === 0) return emptyBars();
  const columns = [...new Set(parts.flatMap((part) => part.columns))];
  const rules = rulesFor(claim.symbol, claim.timeframe, closedBy);
  const range = { start: Math.max(rules.range.start, window.start), end: Math.min(now, window.end) };
  return new Admission({ ...rules, range }).admit(concatBars(parts, columns));
}

/** Rows come in any order: each is looked at. A copy, because a reader may use its memory again. */
function pickWithin(bars: Bars, { start, end }: Range): Bars {
  const rows = new Uint32Array(bars.time.length);
  let kept = 0;
  for (let row = 0; row < bars.time.length; row++) {
    const time = bars.time[row] as number;
    if (time >= start && time < end) rows[kept++] = row;
  }
  const pick = (from: Float64Array): Float64Array => {
    const to = new Float64Array(kept);
    for (let at = 0; at < kept; at++) to[at] = from[rows[at] as number] as number;
    return to;
  };
  return { time: pick(bars.time), columns: bars.columns, values: bars.values.map(pick) };
}
