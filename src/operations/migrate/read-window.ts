import type { SourceTree } from '../../legacy/source-tree.js';
import { type Bars, concatBars, emptyBars } from '../../market/bars.js';
import type { Range } from '../../market/range.js';
import { Admission } from '../../sources/admission/admission.js';
import { rulesFor } from './legacy-rules.js';
import { pickRows } from './pick-rows.js';
import { type Settled, settleRepeats } from './settle-repeats.js';
import type { Source } from './source.js';
import type { Survey, SurveyOptions } from './survey-source.js';
import { watchClocks } from './watch-clocks.js';

/** A file's bars that open in the window. */
export async function readWindow(
  { claim, reader }: Source,
  { closedBy, ordered }: Pick<Survey, 'closedBy' | 'ordered'>,
  window: Range,
  tree: SourceTree,
  { zone, now, signal }: SurveyOptions,
): Promise<Settled> {
  const parts: Bars[] = [];
  for await (const batch of reader.read(claim, tree, { zone, now, signal })) {
    signal?.throwIfAborted();
    if (ordered && (batch.time[0] as number) >= window.end) break;
    const inside = pickWithin(batch, window);
    if (inside.time.length > 0) parts.push(inside);
  }
  if (parts.length === 0) return { bars: emptyBars(), conflicts: 0, clashes: [] };
  const columns = [...new Set(parts.flatMap((part) => part.columns))];
  const rules = rulesFor(claim.symbol, claim.timeframe, closedBy);
  const range = { start: Math.max(rules.range.start, window.start), end: Math.min(now, window.end) };
  const judged = new Admission({ ...rules, range }).admit(concatBars(parts, columns));
  return settleRepeats(judged, watchClocks(claim, zone));
}

/** Rows come in any order: each is looked at. A copy, because a reader may use its memory again. */
function pickWithin(bars: Bars, { start, end }: Range): Bars {
  const rows = new Uint32Array(bars.time.length);
  let kept = 0;
  for (let row = 0; row < bars.time.length; row++) {
    const time = bars.time[row] as number;
    if (time >= start && time < end) rows[kept++] = row;
  }
  return pickRows(bars, rows.subarray(0, kept));
}
