import type { Bars } from '../market/bars.js';
import { LegacyError } from './reader.js';

/** A year of minutes is half as many, and these files hold a year. */
const MOST_ROWS = 1_000_000;

/** All batches of a file whose rows have to be looked at together. */
export async function collectBars(batches: AsyncIterable<Bars>): Promise<Bars[]> {
  const parts: Bars[] = [];
  let rows = 0;
  for await (const bars of batches) {
    rows += bars.time.length;
    if (rows > MOST_ROWS)
      throw new LegacyError('UNREADABLE', `it has more than ${MOST_ROWS} rows, and a file of its kind never has`);
    parts.push(bars);
  }
  return parts;
}
