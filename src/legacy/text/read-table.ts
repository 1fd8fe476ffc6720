import { type Bars, concatBars } from '../../market/bars.js';
import { createStampReader } from '../../market/stamps.js';
import { DAY } from '../../market/timeframe.js';
import { collectBars } from '../collect-bars.js';
import { type Claim, LegacyError, type ReadOptions } from '../reader.js';
import type { SourceTree } from '../source-tree.js';
import type { TableDetail } from './claim-table.js';
import { openText } from './open-text.js';
import { parseColumns } from './parse-columns.js';
import { settleDates, settleEras } from './settle-times.js';

/** The rows of a table of text that `claimTable` claimed. */
export function readTable(claim: Claim, tree: SourceTree, options: ReadOptions): AsyncIterable<Bars> {
  // Every writer of these files ends its lines: one without an end was cut.
  const onCut = (): void => options.onLeftOut?.('cut');
  return readTableOf(openText(tree, claim.path, options.signal), claim, options, onCut);
}

/** The same from text that lies elsewhere: inside a zip, whose length is known, or in other brackets. */
export async function* readTableOf(
  text: AsyncIterable<Uint8Array>,
  { detail }: Claim,
  options: ReadOptions,
  onCut?: () => void,
): AsyncGenerator<Bars> {
  const { plan, stamps: policy, dateOnly } = detail as TableDetail;
  const zone = options.zone ?? policy.zone;
  if (zone === undefined)
    throw new LegacyError('UNSURE', 'its stamps name no zone and nobody says which they are in: give --assume-tz ZONE');
  const { listing } = policy;
  const eras = policy.eras && options.zone === undefined && !policy.dates && listing !== undefined;
  const stamps = createStampReader({ format: 'auto', zone: eras ? 'UTC' : zone, sessionDates: policy.dates });
  const batches = parseColumns(text, plan, stamps, onCut);
  if (eras || (policy.eras && policy.dates && listing !== undefined)) {
    // A day's rows lie apart where two hands stamped them, so all are looked at together: they are few.
    const all = concatBars(await collectBars(batches), plan.columns);
    yield eras ? settleEras(all, listing) : settleDates(all, listing);
    return;
  }
  for await (const bars of batches) {
    if (dateOnly) yield { ...bars, time: bars.time.map((time) => Math.floor(time / DAY) * DAY) };
    else if (policy.dates && listing !== undefined) yield settleDates(bars, listing);
    else yield bars;
  }
}
