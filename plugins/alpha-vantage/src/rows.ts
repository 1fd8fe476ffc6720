import type { BarRequest, MakeError, Row } from 'almanac/provider';
import type { Endpoint } from './endpoints.js';
import type { Entry } from './entry.js';
import { closeOf, makeStampReader } from './stamps.js';

/** Entries, newest first, as ascending bars that have closed, in [start, end). */
export async function toRows(
  entries: readonly Entry[],
  of: Endpoint,
  asked: BarRequest,
  now: number,
  error: MakeError,
) {
  const { instrument, timeframe, start, end } = asked;
  const read = await makeStampReader(of, timeframe);
  const rows: Row[] = [];
  let previous = Number.NEGATIVE_INFINITY;
  let before: string | undefined;
  for (const { stamp, ...prices } of ascending(entries)) {
    const time = read(stamp);
    if (time === undefined)
      throw error('MALFORMED', `it sent ${JSON.stringify(stamp.slice(0, 30))} where a time belongs`);
    if (time < previous) throw error('MALFORMED', `it sent ${stamp} out of order`);
    if (time === previous && stamp === before) throw error('MALFORMED', `it sent ${stamp} twice`);
    // Two stamps in one week: the later one knows more of it.
    if (time === rows.at(-1)?.time) rows.pop();
    previous = time;
    before = stamp;
    if (time < start || time >= end || closeOf(time, timeframe, of) > now) continue;
    rows.push({ time, ...prices, volume: instrument.assetClass === 'fx' ? null : prices.volume });
  }
  return rows;
}

/** It has always sent the newest first; the order of stamps is trusted only where they are told apart by it. */
function ascending(entries: readonly Entry[]): readonly Entry[] {
  const first = entries[0]?.stamp ?? '';
  const last = entries.at(-1)?.stamp ?? '';
  return first > last ? entries.toReversed() : entries;
}
