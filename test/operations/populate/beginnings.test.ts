import { describe, expect, it } from '@jest/globals';
import type { AnyProvider, ArchiveFile, BarRequest, Row } from '../../../src/provider/index.js';
import { fakeProvider } from '../../support/fake-provider.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { openPopulating } from './populating.js';

const root = temporaryFolder();
const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);

function* rowsOf(start: number, end: number, step = HOUR): Generator<Row> {
  for (let time = Math.ceil(start / step) * step; time < end; time += step)
    yield { time, open: 1, high: 2, low: 1, close: 2, volume: 1 };
}

const MARKET = { assetClass: 'crypto', volume: 'real' } as const;
const LIMITS = { pools: { main: { concurrency: 3, windows: [] } } };

/** Bars from a day to another, and monthly files of them; what its API does is the test's. */
function withFiles(bars: AnyProvider['bars'], firstBar: AnyProvider['firstBar'], first: string, last: string) {
  const [from, to] = [at(first), at(last)];
  const nameMonths = ({ instrument, timeframe, start, end }: BarRequest): ArchiveFile[] => {
    const files: ArchiveFile[] = [];
    for (let month = new Date(Math.max(start, at('2023-06-01'))); month.getTime() < end; ) {
      const begin = Date.UTC(month.getUTCFullYear(), month.getUTCMonth());
      const next = Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1);
      const name = new Date(begin).toISOString().slice(0, 7);
      files.push({
        instrument,
        timeframe,
        period: 'month',
        name,
        start: begin,
        end: next,
        url: `https://x/${name}.zip`,
      });
      month = new Date(next);
    }
    return files;
  };
  const exists = (file: ArchiveFile): boolean => file.end > from && file.start < to;
  return fakeProvider({
    id: 'fake',
    capabilities: {
      markets: [{ ...MARKET, timeframes: [{ timeframe: '1h', barsPerRequest: 500, archive: ['month'] }] }],
      limits: LIMITS,
    },
    bars,
    ...(firstBar === undefined ? {} : { firstBar }),
    archive: {
      files: nameMonths,
      async *list(request) {
        yield nameMonths(request).filter(exists);
      },
      async read(file) {
        if (!exists(file)) return { state: 'absent' };
        const rows = [...rowsOf(Math.max(file.start, from), Math.min(file.end, to))];
        return {
          state: 'read',
          bytes: 1,
          checksum: 'verified',
          actual: 'a'.repeat(64),
          batches: (async function* () {
            yield rows;
          })(),
        };
      },
    },
  });
}

describe('a symbol that only the files know', () => {
  const unknown = (_: unknown, context: { error: (code: 'SYMBOL_UNKNOWN', message: string) => Error }) => {
    throw context.error('SYMBOL_UNKNOWN', 'no such symbol');
  };

  it('is fetched from its first file to its last; what the last one lacks is no failure', async () => {
    let calls = 0;
    const provider = withFiles(
      // biome-ignore lint/correctness/useYield: it refuses before it has anything
      async function* (request, context) {
        calls++;
        unknown(request, context);
      },
      async (request, context) => unknown(request, context),
      '2024-01-10',
      '2024-03-20',
    );
    const { populate, store } = await openPopulating(root, provider);
    // An end that was asked for first is not where the series ends.
    const part = { symbol: 'OLDUSDT', timeframe: '1h', end: '2024-02-01' } as const;
    expect((await populate('2024-06-01T00:00:00Z', part)).rowsAdded).toBe(22 * 24);
    const run = await populate('2024-06-01T00:00:00Z', { symbol: 'OLDUSDT', timeframe: '1h' });
    expect(run).toMatchObject({
      error: undefined,
      rowsAdded: 48 * 24,
      rowsTotal: 70 * 24,
      coverage: { missing: 12 * 24 },
    });
    const { first, last } = await store.series('OLDUSDT', '1h').info();
    expect([first, last]).toEqual([at('2024-01-10'), at('2024-03-20') - HOUR]);
    // Within the day nobody is asked the same.
    const before = calls;
    const again = await populate('2024-06-01T08:00:00Z', { symbol: 'OLDUSDT', timeframe: '1h' });
    expect(again).toMatchObject({ error: undefined, rowsAdded: 0 });
    expect(calls).toBe(before);
    // And a day later what the last file lacks is explained.
    const later = await populate('2024-06-02T09:00:00Z', { symbol: 'OLDUSDT', timeframe: '1h' });
    expect(later).toMatchObject({ error: undefined, coverage: { missing: 0, explained: 12 * 24 } });
  });

  it('is unknown where there are no files either', async () => {
    const provider = withFiles(
      // biome-ignore lint/correctness/useYield: it refuses before it has anything
      async function* (request, context) {
        unknown(request, context);
      },
      async (request, context) => unknown(request, context),
      '2024-01-10',
      '2023-01-01',
    );
    const { populate } = await openPopulating(root, provider);
    const wanted = { symbol: 'NOSUCHUSDT', timeframe: '1h', start: '2024-01-01' } as const;
    await expect(populate('2024-06-01T00:00:00Z', wanted)).rejects.toMatchObject({ code: 'SYMBOL_UNKNOWN' });
  });
});

describe('an API that turns us away', () => {
  it.each(['BLOCKED', 'THROTTLED'] as const)('with %s keeps nobody from the files', async (code) => {
    const refuse = (context: { error: (code: never, message: string, details?: object) => Error }) => {
      throw context.error(code as never, 'go away', { retryAfterMs: 600_000 });
    };
    const provider = withFiles(
      // biome-ignore lint/correctness/useYield: it refuses before it has anything
      async function* (_, context) {
        refuse(context as never);
      },
      async (_, context) => refuse(context as never) as never,
      '2024-01-10',
      '2024-07-01',
    );
    const { populate, asked } = await openPopulating(root, provider);
    const run = await populate('2024-06-10T00:00:00Z', { symbol: 'BTCUSDT', timeframe: '1h' });
    expect(run).toMatchObject({
      error: { code },
      rowsAdded: (22 + 29 + 31 + 30 + 31) * 24,
      coverage: { missing: 9 * 24 },
    });
    expect(asked().length).toBeLessThanOrEqual(1);
  });
});

describe('a beginning that nobody knows', () => {
  const slow = (broken: () => boolean) =>
    fakeProvider({
      capabilities: {
        markets: [
          { ...MARKET, timeframes: [{ timeframe: '1h', barsPerRequest: 100, reach: { since: at('2024-01-01') } }] },
        ],
        limits: LIMITS,
      },
      async *bars({ start, end }, context) {
        if (start < at('2024-03-01') && broken()) throw context.error('MALFORMED', 'cut short');
        yield [...rowsOf(Math.max(start, at('2024-02-01')), end)];
      },
    });

  it('is not taken to be the first bar that came while an earlier part failed', async () => {
    let broken = true;
    const { populate } = await openPopulating(
      root,
      slow(() => broken),
    );
    const wanted = { symbol: 'BTCUSDT', timeframe: '1h' } as const;
    const first = await populate('2025-01-01T00:00:00Z', wanted);
    expect(first).toMatchObject({ error: { code: 'MALFORMED' } });
    expect(first.coverage.missing).toBeGreaterThan(29 * 24);
    broken = false;
    const second = await populate('2025-01-01T01:00:00Z', wanted);
    expect(second).toMatchObject({ error: undefined, coverage: { missing: 0, present: (366 - 31) * 24 + 1 } });
  });
});

describe('what is asked for and cannot be', () => {
  const bounded = (more: object, first?: string) =>
    fakeProvider({
      capabilities: {
        markets: [{ ...MARKET, timeframes: [{ timeframe: '1h', barsPerRequest: 1000, ...more }] }],
        limits: LIMITS,
      },
      ...(first === undefined ? {} : { firstBar: async () => at(first) }),
      async *bars({ start, end }) {
        yield [...rowsOf(start, end)];
      },
    });

  it('from before the listing is explained', async () => {
    const { populate, asked } = await openPopulating(root, bounded({}, '2024-02-01'));
    const run = await populate('2024-03-01T00:00:00Z', { symbol: 'BTCUSDT', timeframe: '1h', start: '2024-01-01' });
    expect(run.coverage).toMatchObject({ expected: 60 * 24, present: 29 * 24, explained: 31 * 24, missing: 0 });
    expect([run.ask.asked.start, asked()[0]?.from]).toEqual([at('2024-01-01'), '2024-02-01T00:00:00.000Z']);
    const early = { symbol: 'BTCUSDT', timeframe: '1h', start: '2023-01-01', end: '2024-01-01' } as const;
    expect((await populate('2024-03-01T00:00:00Z', early)).coverage).toMatchObject({
      expected: 365 * 24,
      explained: 365 * 24,
    });
  });

  it('from before the provider’s reach is missing, and said', async () => {
    const { populate, asked } = await openPopulating(root, bounded({ reach: { age: 10 * 24 * HOUR } }));
    const wanted = { symbol: 'BTCUSDT', timeframe: '1h', start: '2024-02-01' } as const;
    const run = await populate('2024-03-01T00:00:00Z', wanted);
    expect(run.coverage).toMatchObject({ expected: 29 * 24, present: 10 * 24, missing: 19 * 24 });
    expect(run.warnings).toEqual(['456 bars from before 2024-02-20T00:00:00Z: fake’s 1h reaches back no further']);
    expect(asked()).toHaveLength(1);
    expect((await populate('2024-03-01T00:30:00Z', wanted)).coverage.missing).toBe(19 * 24);
    expect(asked()).toEqual([]);
    // Nobody who did not say since when is told of it.
    const plain = await openPopulating(root, bounded({ reach: { age: 10 * 24 * HOUR } }));
    const all = await plain.populate('2024-03-01T00:00:00Z', { symbol: 'BTCUSDT', timeframe: '1h' });
    expect(all).toMatchObject({ coverage: { expected: 240, missing: 0 }, warnings: [] });
  });
});

it('where a month has no file, the API is asked for what is wanted of it and no more', async () => {
  const provider = withFiles(
    async function* ({ start, end }) {
      yield [...rowsOf(start, end)];
    },
    undefined,
    '2020-01-01',
    '2020-01-02',
  );
  const { populate, asked } = await openPopulating(root, provider);
  const wanted = { symbol: 'BTCUSDT', timeframe: '1h', start: '2024-01-10', end: '2024-02-01' } as const;
  expect((await populate('2024-06-01T00:00:00Z', wanted)).tasks[0]?.via).toBe('archive-month');
  expect(asked()).toEqual([{ from: '2024-01-10T00:00:00.000Z', to: '2024-02-01T00:00:00.000Z' }]);
});
