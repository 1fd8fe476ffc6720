import { LegacyError, type LegacyReader } from '../../src/legacy/reader.js';
import { OHLCV } from '../../src/market/bars.js';
import type { Timeframe } from '../../src/market/timeframe.js';

/** A layout of the tests' own: `{symbol, timeframe, provider, rows: [[time, open, high, low, close, volume], …]}`. */
export interface JsonCache {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly provider?: string;
  readonly columns?: readonly string[];
  readonly rows: readonly (readonly number[])[];
  /** Rows a batch holds. */
  readonly batch?: number;
  readonly broken?: boolean;
}

export const jsonReader: LegacyReader = {
  async recognise({ path, head, beside }) {
    if (!path.endsWith('.bars')) return undefined;
    const { symbol, timeframe, provider = 'binance' } = JSON.parse(`${head.split('"rows"')[0]}"rows":[]}`) as JsonCache;
    if (provider === 'mock') return { layout: 'json-test', code: 'SYNTHETIC', reason: 'made up by mock' };
    const companion = `${path}.metadata.json`;
    const companions = beside.has(companion.split('/').at(-1) as string) ? [companion] : [];
    const zone = { kind: 'stated' } as const;
    const claim = { layout: 'json-test', path, confidence: 1, symbol, timeframe, provider, zone };
    return { ...claim, derived: false, companions, notes: [] };
  },
  async *read({ path }, tree) {
    const file = await tree.open(path);
    const text = new TextDecoder().decode(await file.read(0, file.bytes));
    await file.close();
    const { rows, columns = OHLCV, batch = 1000, broken } = JSON.parse(text) as JsonCache;
    for (let from = 0; from < rows.length; from += batch) {
      const some = rows.slice(from, from + batch);
      yield {
        time: Float64Array.from(some, ([time]) => time as number),
        columns,
        values: columns.map((_, c) => Float64Array.from(some, (row) => row[c + 1] ?? Number.NaN)),
      };
    }
    if (broken) throw new LegacyError('UNREADABLE', 'it ends in the middle of a row');
  },
};
