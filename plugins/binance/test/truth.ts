import { expect } from '@jest/globals';
import type { Bars } from '../../../src/provider/index.js';
import type { TruthBars } from '../../sandbox/src/market/market.js';

const SAME: Readonly<Record<string, keyof TruthBars>> = {
  open: 'open',
  high: 'high',
  low: 'low',
  close: 'close',
  volume: 'volume',
  quote_volume: 'quoteVolume',
  trades: 'trades',
};

/** Bar by bar and cell by cell, to the last bit. */
export function agree(batches: readonly Bars[], truth: TruthBars, rows = truth.time.length): void {
  expectSame(
    'time',
    batches.map(({ time }) => time),
    truth.time.subarray(0, rows),
  );
  for (const [name, other] of Object.entries(SAME)) {
    const got = batches.map(({ columns, values }) => values[columns.indexOf(name)] as Float64Array);
    expectSame(name, got, truth[other].subarray(0, rows));
  }
}

/** Jest looks at each number for long, and there are a million: it is shown the first that differs alone. */
function expectSame(name: string, parts: readonly Float64Array[], wanted: Float64Array): void {
  const got = Float64Array.from(parts.flatMap((part) => [...part]));
  const row = got.findIndex((value, i) => value !== wanted[i]);
  expect({ name, row, value: got[row], rows: got.length }).toEqual({ name, row: -1, rows: wanted.length });
}
