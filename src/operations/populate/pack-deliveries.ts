import { type Bars, concatBars } from '../../market/bars.js';
import { type BlockSpan, blockPeriod, splitByBlock } from '../../market/block.js';
import type { BlockProvenance, PutProvenance, RejectedIn } from '../../store/face.js';
import type { Delivery } from './delivery.js';

/** What one commit takes. */
export interface Parcel {
  readonly bars: Bars;
  readonly provenance: BlockProvenance;
  readonly rejected: readonly RejectedIn[];
  readonly winner: Delivery['winner'];
}

/**
 * As few commits as can be: a commit rewrites a year's file. Deliveries that follow one another go together where
 * each block has one origin: twelve monthly files are one parcel, the daily files of a month are one each.
 */
export function packDeliveries(deliveries: readonly Delivery[], span: BlockSpan): Parcel[] {
  const sorted = [...deliveries].sort((a, b) => firstOf(a) - firstOf(b));
  const loads: Delivery[][] = [];
  for (const delivery of sorted) {
    const load = loads.find((each) => fitsBehind(each.at(-1) as Delivery, delivery, span));
    if (load === undefined) loads.push([delivery]);
    else load.push(delivery);
  }
  return loads.map((load) => packLoad(load, span));
}

function fitsBehind(last: Delivery, next: Delivery, span: BlockSpan): boolean {
  if (last.winner !== next.winner || lastOf(last) >= firstOf(next)) return false;
  return isSameOrigin(last, next) || blockPeriod(span, lastOf(last)) < blockPeriod(span, firstOf(next));
}

function packLoad(load: readonly Delivery[], span: BlockSpan): Parcel {
  const [{ winner, provenance }] = load as [Delivery];
  const origins = new Map<string, PutProvenance>();
  let before: Delivery | undefined;
  for (const delivery of load) {
    // The earliest fetch speaks for all of one origin: what was not final then may still change.
    const earlier = before !== undefined && isSameOrigin(before, delivery) ? before.provenance : delivery.provenance;
    const fetchedAt = [earlier.fetchedAt, delivery.provenance.fetchedAt].sort()[0] as string;
    before = { ...delivery, provenance: { ...delivery.provenance, fetchedAt } };
    for (const period of periodsOf(delivery, span)) origins.set(period, before.provenance);
  }
  const columns = [...new Set(load.flatMap(({ bars }) => bars.columns))];
  const bars = concatBars(
    load.map((each) => each.bars),
    columns,
  );
  const rejected = load.flatMap((each) => each.rejected);
  return { bars, provenance: (period) => origins.get(period) ?? provenance, rejected, winner };
}

/** Every block it may have rows in. */
function periodsOf(delivery: Delivery, span: BlockSpan): string[] {
  return splitByBlock(span, { start: firstOf(delivery), end: lastOf(delivery) + 1 }).map(({ start }) =>
    blockPeriod(span, start),
  );
}

function firstOf({ bars }: Delivery): number {
  return bars.time[0] as number;
}

function lastOf({ bars }: Delivery): number {
  return bars.time.at(-1) as number;
}

function isSameOrigin(a: Delivery, b: Delivery): boolean {
  const { fetchedAt: _a, ...one } = a.provenance;
  const { fetchedAt: _b, ...other } = b.provenance;
  return JSON.stringify(one) === JSON.stringify(other);
}
