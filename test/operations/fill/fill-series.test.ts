import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Bars, OHLCV } from '../../../src/market/bars.js';
import { ALWAYS_OPEN } from '../../../src/market/calendar.js';
import type { Expectation } from '../../../src/market/expected.js';
import { SeriesFill } from '../../../src/operations/fill/fill-series.js';
import type { FillTools } from '../../../src/operations/fill/fill-tools.js';
import { HoleWork } from '../../../src/operations/fill/hole-work.js';
import { readWhoseRows } from '../../../src/operations/fill/whose-rows.js';
import type { NoteBook } from '../../../src/operations/populate/notes.js';
import type { BarRequest, Row } from '../../../src/provider/index.js';
import { createHost, type Host } from '../../../src/sources/host/create-host.js';
import type { Choice } from '../../../src/sources/route.js';
import { openStore } from '../../../src/store/open-store.js';
import { stubTransport } from '../../support/stub-transport.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { tinyProvider } from '../../support/tiny-provider.js';

const MINUTE = 60_000;
const START = Date.UTC(2024, 0, 1);
const NOW = START + 40_000 * MINUTE;
const PROVENANCE = { provider: 'binance', via: 'live', fetchedAt: '2024-06-01T00:00:00Z', derived: false } as const;
const minutes: Expectation = { calendar: ALWAYS_OPEN, timeframe: '1m', grid: 'clock' };
const root = temporaryFolder();
let number = 0;
let cache: string;
const open: Host[] = [];

beforeEach(() => {
  cache = path.join(root, String(number++));
});
afterEach(async () => {
  for (const host of open.splice(0)) await host.close();
});

const at = (minute: number): number => START + minute * MINUTE;
const priceAt = (time: number): number => {
  const minute = time / MINUTE;
  return 100 + 10 * Math.sin(minute / 7) + 3 * Math.sin(minute / 3);
};

function barsOf(...runs: readonly (readonly [number, number])[]): Bars {
  const times = runs.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => at(from + i)));
  const time = Float64Array.from(times);
  return { time, columns: OHLCV, values: OHLCV.map(() => time.map(priceAt)) };
}

function rowsOf(start: number, end: number, price: (time: number) => number): Row[] {
  return Array.from({ length: (end - start) / MINUTE }, (_, i): Row => {
    const time = start + i * MINUTE;
    const [open, high, low, close] = new Array<number>(4).fill(price(time)) as [number, number, number, number];
    return { time, open, high, low, close, volume: 1 };
  });
}

function noteBook(): NoteBook {
  const known = new Map<string, unknown>();
  return {
    update: async (name, change) => {
      const { next, result } = change(known.get(name));
      if (next !== undefined) known.set(name, next);
      return result;
    },
  };
}

interface Source {
  readonly barsPerRequest: number;
  readonly bars: (request: BarRequest) => AsyncIterable<Row[]>;
}

/** Fills the holes of what is stored from one other source. */
async function fill(holes: readonly (readonly [number, number])[], { barsPerRequest, bars }: Source) {
  const store = openStore(cache);
  const series = store.series('BTCUSDT', '1m');
  const host = await createHost(tinyProvider({ id: 'other', bars }), {
    transport: stubTransport(() => ({})),
    now: () => NOW,
  });
  open.push(host);
  const choice: Choice = {
    provider: 'other',
    reason: 'a test',
    instrument: { symbol: 'BTCUSDT', native: 'BTCUSDT', assetClass: 'crypto' },
    market: { assetClass: 'crypto', volume: 'real', timeframes: [] },
    timeframe: { timeframe: '1m', barsPerRequest },
  };
  const works = holes.map(
    ([from, to]) =>
      new HoleWork({ start: at(from), end: at(to), bars: to - from }, minutes, { choices: [choice], unable: [] }, [
        'binance',
      ]),
  );
  const tools: Partial<FillTools> = {
    store,
    host: async () => host,
    notes: noteBook(),
    noteName: (symbol, timeframe) => `${symbol} ${timeframe}`,
    now: () => NOW,
    signal: new AbortController().signal,
    report: () => undefined,
  };
  const filled = new SeriesFill(
    { info: await series.info(), series, expectation: minutes, whose: await readWhoseRows(series), works },
    { tolerance: 0.005, takeVolume: false, revalidate: false },
    tools as FillTools,
    new Map(),
    () => undefined,
  );
  const gaps = await filled.run();
  return { outcomes: gaps.map(({ outcome }) => outcome), gaps, error: filled.error, rows: (await series.info()).rows };
}

describe('a source that leaves the scale after the first hole', () => {
  const leaving = async function* ({ start, end }: BarRequest) {
    yield rowsOf(start, end, (time) => priceAt(time) * (time < at(206) ? 1 : 1.03));
  };

  it.each([5000, 60])('is refused from there on, with %i bars a request', async (barsPerRequest) => {
    await openStore(cache)
      .series('BTCUSDT', '1m')
      .put(barsOf([0, 100], [200, 204], [304, 308], [408, 500]), PROVENANCE);
    const holes = [
      [100, 200],
      [204, 304],
      [308, 408],
    ] as const;
    const { outcomes, error } = await fill(holes, { barsPerRequest, bars: leaving });
    expect({ outcomes, error }).toEqual({ outcomes: ['filled', 'refused', 'refused'], error: undefined });
  });
});

describe('a hole of more bars than are held at once', () => {
  it('is filled where pages share a row, and where they come in any order', async () => {
    const hole = [100, 25_100] as const;
    await openStore(cache)
      .series('BTCUSDT', '1m')
      .put(barsOf([0, 100], [25_100, 25_200]), PROVENANCE);
    const bars = async function* ({ start, end }: BarRequest) {
      const pages: Row[][] = [];
      for (let from = start; from < end; from += 5000 * MINUTE)
        pages.push(rowsOf(from, Math.min(end, from + 5001 * MINUTE), priceAt));
      yield* pages.slice(0, 2);
      yield* pages.slice(2).reverse();
    };
    const { outcomes, error, rows } = await fill([hole], { barsPerRequest: 5000, bars });
    expect({ outcomes, error, rows }).toEqual({ outcomes: ['filled'], error: undefined, rows: 25_200 });
  });
});
