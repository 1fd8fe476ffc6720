import { describe, expect, test } from '@jest/globals';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { arrowBytes } from '../../support/legacy/arrow-bytes.js';
import { BINANCE_FORMS, binanceServiceFiles } from '../../support/legacy/binance-services.js';
import { memoryTree } from '../../support/legacy/memory-tree.js';
import { jsonFile, type OldFile } from '../../support/legacy/old-file.js';
import { parquetBytes } from '../../support/legacy/parquet-bytes.js';
import { readTree } from '../../support/legacy/read-tree.js';
import { barsAt, listRows, makeBars } from '../../support/make-bars.js';

const ALL = [
  'open',
  'high',
  'low',
  'close',
  'volume',
  'quote_volume',
  'trades',
  'taker_buy_volume',
  'taker_buy_quote_volume',
];

/** Two and a half days over a month's end, some of whose doubles need all their digits. */
const truth = makeBars('1h', Date.UTC(2024, 0, 30, 12), 60, ALL);
truth.values[0]?.forEach((value, row, open) => {
  open[row] = value / 3;
});
const HAS_MARKETS = new Set(['B4b', 'B5', 'B6', 'B7', 'B8-parquet', 'B8', 'B9b']);

describe('every form of the Binance services', () => {
  test.each(BINANCE_FORMS)('%s gives the rows back, to the bit', async (form) => {
    const files = binanceServiceFiles(truth, { form, ticker: 'BTCUSDT', interval: '1h' });
    const { rows, columns, claims, refused } = await readTree(memoryTree(files));
    expect(refused).toEqual([]);
    expect(columns).toEqual({ 'BTCUSDT 1h': ALL });
    expect(rows).toEqual({ 'BTCUSDT 1h': listRows(truth) });
    expect(claims.map(({ provider, confidence }) => [provider, confidence])).toEqual(files.map(() => ['binance', 1]));
  });

  test.each(BINANCE_FORMS.filter((form) => HAS_MARKETS.has(form)))('%s keeps futures apart', async (form) => {
    const files = [
      ...binanceServiceFiles(truth, { form, ticker: 'BTCUSDT', interval: '1h' }),
      ...binanceServiceFiles(truth, { form, ticker: 'BTCUSDT', interval: '1h', market: 'um' }),
      ...binanceServiceFiles(truth, { form, ticker: 'BTCUSD_PERP', interval: '1h', market: 'cm' }),
    ];
    const { rows } = await readTree(memoryTree(files));
    expect(Object.keys(rows).sort()).toEqual(['BTCUSDT 1h', 'BTCUSDT@um 1h', 'BTCUSD_PERP@cm 1h']);
    expect(rows['BTCUSD_PERP@cm 1h']).toEqual(listRows(truth));
  });
});

describe('names that were cut to pieces', () => {
  test.each([
    ['binance/klines/futures/daily/klines/usdt/btcusdt/USDT-btcusdt-1H--.arrow', 'BTCUSDT@um 1h'],
    ['BINANCE/KLINES/futures/usdt/BTCUSDT/1h.arrow', 'BTCUSDT@um 1h'],
    ['BINANCE/KLINES/futures/coin/BTCUSD/PERP.parquet', 'BTCUSD_PERP@cm 1h'],
  ])('%s: the rows say the days', async (path, series) => {
    const { rows, claims } = await readTree(memoryTree([{ path, bytes: arrowBytes(truth) }]));
    expect(rows).toEqual({ [series]: listRows(truth) });
    expect(claims[0]?.notes.join()).toContain('no date');
  });

  test('months that lie where minutes do are known by their distance', async () => {
    const months = makeBars('1mo', Date.UTC(2023, 0), 14);
    const minutes = makeBars('1m', Date.UTC(2023, 0), 14);
    const { rows } = await readTree(
      memoryTree([
        { path: 'BINANCE/KLINES/spot/BTCUSDT/1m/20230101.arrow', bytes: arrowBytes(months) },
        { path: 'BINANCE/KLINES/spot/ETHUSDT/1m/20230101.arrow', bytes: arrowBytes(minutes) },
      ]),
    );
    expect(rows).toEqual({ 'BTCUSDT 1mo': listRows(months), 'ETHUSDT 1m': listRows(minutes) });
  });

  test('a single bar that may be a minute or a month is not guessed', async () => {
    const bytes = arrowBytes(makeBars('1m', Date.UTC(2023, 0), 1));
    const { refused } = await readTree(memoryTree([{ path: 'binance/klines/spot/btc/usdt/1m/20230101.arrow', bytes }]));
    expect(refused).toEqual([expect.objectContaining({ code: 'UNSURE' })]);
  });
});

describe('what is refused, and why', () => {
  const path = 'BINANCE/KLINES/BTCUSDT/1h/2025-01-15.arrow';

  test('the year 56971', async () => {
    const bars = { ...truth, time: truth.time.map((at) => at * 1000) };
    const { refused } = await readTree(memoryTree([{ path, bytes: arrowBytes(bars, { unit: 'ms', zone: null }) }]));
    expect(refused).toEqual([expect.objectContaining({ path, code: 'TIMES_IMPOSSIBLE' })]);
    expect(refused[0]?.reason).toContain('+056050');
  });

  test('funding rates', async () => {
    const bars = { time: truth.time, columns: ['funding_rate'], values: [truth.time] };
    const at = 'binance/funding/rate/daily/funding/futures/usdt/FUTURES-usdt-BTCU-SD-T.arrow';
    const { refused } = await readTree(memoryTree([{ path: at, bytes: arrowBytes(bars) }]));
    expect(refused).toEqual([
      expect.objectContaining({ code: 'NOT_BARS', reason: expect.stringContaining('funding') }),
    ]);
  });

  test('no rows, text under a false name, bars of nothing', async () => {
    const { refused } = await readTree(
      memoryTree([
        { path, bytes: arrowBytes(makeBars('1h', 0, 0)) },
        { path: 'ETHUSDT/1h/2025-01-15.arrow', bytes: Buffer.from('no arrow at all') },
        { path: 'export.parquet', bytes: parquetBytes(truth) },
      ]),
    );
    expect(refused.map(({ path: at, code }) => [at, code])).toEqual([
      ['export.parquet', 'NO_SYMBOL'],
      [path, 'EMPTY'],
      ['ETHUSDT/1h/2025-01-15.arrow', 'UNREADABLE'],
    ]);
  });

  test.each([
    ['cut in the middle', (bytes: Uint8Array) => bytes.subarray(0, bytes.length / 2)],
    ['with its end replaced by zeros', (bytes: Uint8Array) => bytes.slice().fill(0, bytes.length - 300)],
  ])('a file %s', async (_, damage) => {
    for (const bytes of [arrowBytes(truth), arrowBytes(truth, { packed: true }), parquetBytes(truth)]) {
      const { refused, rows } = await readTree(memoryTree([{ path, bytes: damage(bytes) }]));
      expect(rows).toEqual({});
      expect(refused).toEqual([expect.objectContaining({ path, code: 'UNREADABLE' })]);
    }
  });
});

test('Parquet under an Arrow name is what it is, with its index last and columns nobody knows', async () => {
  const bars = barsAt([...truth.time], ['open', 'high', 'low', 'close', 'volume', 'mood']);
  const path = 'data/data/spot/daily/klines/BTCUSDT/1h/BTCUSDT-1h-2024-01-30.arrow';
  const bytes = parquetBytes(bars, { time: '__index_level_0__', timeLast: true, unit: 'ns' });
  const { rows, claims } = await readTree(memoryTree([{ path, bytes }]));
  expect(rows['BTCUSDT 1h']).toEqual(listRows(bars).map((row) => row.slice(0, 6)));
  expect(claims[0]?.notes.join('; ')).toBe(
    '48 of its rows lie outside the date in its name; columns that are not taken: mood',
  );
});

test('days of plain folders are nobody’s until their columns say Binance', async () => {
  const bars = makeBars('1d', Date.UTC(2024, 0, 2), 1);
  const files = ['AAPL', 'BRK.B', 'frxEURUSD'].map((symbol) => ({
    path: `${symbol}/1d/2024-01-02.arrow`,
    bytes: arrowBytes(bars),
  }));
  const { claims } = await readTree(memoryTree(files));
  expect(claims.map(({ symbol }) => symbol)).toEqual(['AAPL', 'BRK.B', 'frxEURUSD']);
  expect(claims[0]).toMatchObject({ provider: 'unknown', confidence: 0.6 });
});

test('times of Binance’s that name no zone stay UTC, whatever a person assumes of others', async () => {
  const files = binanceServiceFiles(truth, { form: 'B9', ticker: 'BTCUSDT', interval: '1h' });
  const { rows } = await readTree(memoryTree(files), 'America/New_York');
  expect(rows).toEqual({ 'BTCUSDT 1h': listRows(truth) });
});

describe('the old tool’s own index', () => {
  const [day] = binanceServiceFiles(makeBars('1h', Date.UTC(2024, 0, 15), 24), {
    ...{ form: 'B4', ticker: 'BTCUSDT', interval: '1h' },
  }) as [OldFile];
  const coins = binanceServiceFiles(makeBars('1h', Date.UTC(2024, 0, 15), 24, ALL), {
    ...{ form: 'B6', ticker: 'BTCUSD_PERP', interval: '1h', market: 'cm' },
  });
  const index = (entries: object): OldFile => jsonFile('cache_metadata.json', entries);

  test.each<[string, readonly OldFile[], object]>([
    ['of B4', [day], { 'BINANCE_KLINES_BTCUSDT_1h_2024-01-15': { is_valid: false, invalidation_reason: 'gaps' } }],
    ['in capitals', [day], { BINANCE_KLINES_SPOT_BTCUSDT_1H_20240115: { is_invalid: true, invalid_reason: 'gaps' } }],
    [
      'of coin futures',
      coins,
      { BINANCE_KLINES_cm_BTCUSD_PERP_1h_20240115: { is_invalid: true, invalid_reason: 'gaps' } },
    ],
  ])('%s: a file it calls invalid is told, and read', async (_, files, entries) => {
    const { claims, rows } = await readTree(memoryTree([...files, index(entries)]));
    expect(claims[0]?.confidence).toBe(0.7);
    expect(claims[0]?.notes.join()).toContain('calls it invalid (gaps)');
    expect(Object.values(rows)[0]).toHaveLength(24);
  });

  test.each<[string, object]>([
    ['another day', { 'BINANCE_KLINES_BTCUSDT_1h_2024-01-16': { is_valid: false } }],
    ['a valid one', { BINANCE_KLINES_spot_BTCUSDT_1h_20240115: { is_invalid: false } }],
    ['nonsense', [1, null]],
  ])('%s says nothing of it', async (_, entries) => {
    const { claims } = await readTree(memoryTree([day, index(entries)]));
    expect(claims).toEqual([expect.objectContaining({ confidence: 1, notes: [] })]);
  });
});

test('Arrow’s form without an end is known for what it is, whatever it is called', async () => {
  const bytes = tableToIPC(tableFromArrays({ open: Float64Array.of(1, 2) }), 'stream');
  const { refused, foreign } = await readTree(
    memoryTree([
      { path: 'BINANCE/KLINES/BTCUSDT/1h/2024-01-15.arrow', bytes },
      { path: 'x.arrows', bytes },
      { path: 'y.bin', bytes: bytes.slice(0, 40).fill(0, 8) },
    ]),
  );
  expect(refused.map(({ path, code, reason }) => [path, code, reason.slice(0, 21)])).toEqual([
    ['x.arrows', 'UNREADABLE', 'it is an Arrow stream'],
    ['BINANCE/KLINES/BTCUSDT/1h/2024-01-15.arrow', 'UNREADABLE', 'it is an Arrow stream'],
  ]);
  expect(foreign).toEqual(['y.bin']);
});
