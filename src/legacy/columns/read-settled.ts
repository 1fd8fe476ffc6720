import { type Bars, concatBars } from '../../market/bars.js';
import { createStampReader } from '../../market/stamps.js';
import { collectBars } from '../collect-bars.js';
import { type Claim, LegacyError, type ReadOptions } from '../reader.js';
import type { SourceTree } from '../source-tree.js';
import { settleDates, settleEras } from '../text/settle-times.js';
import type { StampPolicy } from '../text/stamp-policy.js';
import { type BarColumns, findBarColumns } from './bar-columns.js';
import type { ColumnFile } from './column-file.js';
import { readBars } from './read-bars.js';

/** What a reader of typed bars remembers until it reads. */
export interface StampDetail {
  readonly stamps: StampPolicy;
  /** The file's times say no zone. */
  readonly wall: boolean;
}

/** Times that are UTC whether they say so or not, on whichever day. */
export const UTC_STAMPS: StampPolicy = { zone: 'UTC', dates: false, listing: undefined, eras: false };

/** A file's bars with their times in UTC, read as the same times written as text would be. */
export async function* readSettled(claim: Claim, tree: SourceTree, options: ReadOptions): AsyncGenerator<Bars> {
  const { stamps, wall } = claim.detail as StampDetail;
  const { listing, dates } = stamps;
  const zone = wall ? (options.zone ?? stamps.zone) : 'UTC';
  if (zone === undefined)
    throw new LegacyError('UNSURE', 'its times name no zone and nobody says which they are in: give --assume-tz ZONE');
  const batches = readBars(tree, claim.path, requireBarColumns, options.signal);
  if (listing !== undefined && stamps.eras && wall && (dates || options.zone === undefined)) {
    // A day's rows lie apart where two hands stamped them, so all are looked at together: they are few.
    const parts = await collectBars(batches);
    if (parts.length === 0) return;
    yield dates ? settleDates(concatBars(parts), listing) : settleEras(concatBars(parts), listing);
    return;
  }
  const reader = zone === 'UTC' ? undefined : createStampReader({ format: 'auto', zone, sessionDates: dates });
  for await (const bars of batches) {
    const time = reader === undefined ? bars.time : bars.time.map((at) => (Number.isNaN(at) ? at : reader.place(at)));
    yield dates && listing !== undefined ? settleDates({ ...bars, time }, listing) : { ...bars, time };
  }
}

function requireBarColumns(file: ColumnFile): BarColumns {
  const map = findBarColumns(file);
  if (map === undefined) throw new LegacyError('NOT_BARS', 'its columns are not those of bars');
  return map;
}
