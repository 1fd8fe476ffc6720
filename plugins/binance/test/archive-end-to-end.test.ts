import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { parseSymbol } from '../../../src/market/symbol.js';
import type {
  ArchiveFile,
  ArchivePeriod,
  ArchiveReading,
  Bars,
  Context,
  Timeframe,
} from '../../../src/provider/index.js';
import { createHost, type Host } from '../../../src/sources/host/create-host.js';
import type { Listing, Step } from '../../sandbox/src/market/market.js';
import { createQuirks, type Quirk } from '../../sandbox/src/servers/binance-archive/quirks.js';
import { type Sandbox, startSandbox } from '../../sandbox/src/start-sandbox.js';
import { binance } from '../src/index.js';
import type { Options } from '../src/options.js';
import { FUTURES_TIMEFRAMES } from '../src/timeframes.js';
import { collect, failure } from './scripted-host.js';
import { agree } from './truth.js';

const NOW = Date.parse('2025-09-10T10:17:33.500Z');
const quirks = createQuirks();
let sandbox: Sandbox;
let host: Host;
let context: Context<Options>;

beforeAll(async () => {
  sandbox = await startSandbox({
    now: () => NOW,
    servers: ['binance', 'binance-archive'],
    'binance-archive': { quirks },
  });
  const { binance: restUrl, 'binance-archive': archiveUrl } = sandbox.urls;
  const options = { restUrl, futuresUrl: restUrl, coinFuturesUrl: restUrl, archiveUrl };
  host = await createHost(binance, { options, now: () => NOW, patience: { attempts: 1 } });
  context = host.context as Context<Options>;
});
afterAll(async () => {
  await host.close();
  await sandbox.close();
});
beforeEach(() => {
  quirks.clear();
  sandbox.faults.clear();
  sandbox.log.clear();
});

function request(symbol: string, timeframe: Timeframe, from: string, to: string) {
  const instrument = binance.instrument(parseSymbol(symbol), context.options);
  if (instrument === undefined) throw new Error(`${symbol} is not Binance's`);
  return { instrument, timeframe, start: Date.parse(from), end: Date.parse(to) };
}

function fileOf(symbol: string, timeframe: Timeframe, name: string): ArchiveFile {
  const period: ArchivePeriod = name.length === 7 ? 'month' : 'day';
  const day = name.length === 7 ? `${name}-01` : name;
  const asked = request(symbol, timeframe, day, new Date(Date.parse(day) + 1).toISOString());
  const [file] = binance.archive?.files(asked, period, context.options) ?? [];
  if (file === undefined) throw new Error(`no file is named ${name}`);
  return file;
}

async function read(file: ArchiveFile, checksum: 'require' | 'proceed' | 'skip' = 'require') {
  const reading = (await binance.archive?.read(file, context, { checksum })) as ArchiveReading;
  const bars = reading.state === 'read' ? ((await collect(reading.batches)) as Bars[]) : [];
  return { reading, bars, times: bars.flatMap(({ time }) => [...time]) };
}

async function expectTruth(symbol: string, timeframe: Timeframe, name: string): Promise<number> {
  const file = fileOf(symbol, timeframe, name);
  const { reading, bars } = await read(file);
  expect(reading).toMatchObject({ state: 'read', checksum: 'verified' });
  const truth = sandbox.market.bars(sandbox.market.find(symbol) as Listing, timeframe as Step, file.start, file.end);
  agree(bars, truth);
  return truth.time.length;
}

const plan = (match: RegExp, quirk: Quirk) => quirks.add({ match, quirk });

it.each([
  ['2024-12', 31 * 1440],
  ['2025-01', 31 * 1440],
])('reads the minutes of %s, before and after microseconds came', async (name, rows) => {
  expect(await expectTruth('BTCUSDT', '1m', name)).toBe(rows);
});

it.each(FUTURES_TIMEFRAMES.filter((timeframe) => timeframe !== '1m'))('reads a month of %s', async (timeframe) => {
  expect(await expectTruth('ETHUSDT', timeframe, '2025-01')).toBeGreaterThan(0);
});

it.each<[string, Timeframe, string]>([
  ['BTCUSDT', '1s', '2025-01-01'],
  ['BTCUSDT', '5m', '2024-12-31'],
  ['BTCUSDT@um', '1h', '2020-01'],
  ['BTCUSDT@um', '1h', '2024-01'],
  ['BTCUSDT@um', '15m', '2025-01-01'],
  ['BTCUSD_PERP@cm', '1h', '2021-06'],
  ['BTCUSD_PERP@cm', '1h', '2025-01'],
  ['BTCUSDT', '5m', '2020-02'],
  ['BTCUSDT', '1h', '2017-08'],
  ['LUNAUSDT', '1h', '2022-05'],
])('reads %s %s of %s', async (symbol, timeframe, name) => {
  expect(await expectTruth(symbol, timeframe, name)).toBeGreaterThan(0);
});

it('reads from a file what the API says too', async () => {
  const { bars } = await read(fileOf('BTCUSDT@um', '1h', '2024-03'));
  const asked = request('BTCUSDT@um', '1h', '2024-03-01', '2024-04-01');
  const pages = (await collect(binance.bars(asked, context))) as Bars[];
  for (const [column] of (bars[0] as Bars).columns.entries()) {
    const cells = (batches: Bars[]) => batches.flatMap(({ values }) => [...(values[column] as Float64Array)]);
    expect(cells(bars)).toEqual(cells(pages));
  }
});

it('lists what is out, with the sizes and ETags that reading finds', async () => {
  plan(/2025-03/, { kind: 'absent' });
  const asked = request('ETHUSDT', '1d', '2024-12-31', '2026-01-01');
  const files = (await collect(binance.archive?.list?.(asked, 'month', context))).flat();
  expect(files.map(({ name }) => name)).toEqual([
    '2024-12',
    '2025-01',
    '2025-02',
    '2025-04',
    '2025-05',
    '2025-06',
    '2025-07',
    '2025-08',
  ]);
  expect(files.map(({ url }) => url)).toEqual(
    binance.archive
      ?.files({ ...asked, end: Date.parse('2025-09-01') }, 'month', context.options)
      .flatMap(({ name, url }) => (name === '2025-03' ? [] : [url])),
  );
  const { reading } = await read(files[0] as ArchiveFile);
  expect(reading).toMatchObject({ bytes: files[0]?.bytes, etag: files[0]?.etag });
});

it('lists more days than a page holds', async () => {
  const asked = request('ETHUSDT', '1d', '2022-01-01', '2024-06-01');
  const files = (await collect(binance.archive?.list?.(asked, 'day', context))).flat();
  expect(files.length).toBe((Date.parse('2024-06-01') - Date.parse('2022-01-01')) / 86_400_000);
  expect(sandbox.log.entries.length).toBeGreaterThan(1);
});

it('says that a month is absent when it is not out', async () => {
  expect((await read(fileOf('BTCUSDT', '1h', '2025-09'))).reading).toEqual({ state: 'absent' });
  expect((await read(fileOf('BTCUSDT', '1h', '2017-07'))).reading).toEqual({ state: 'absent' });
});

it('tells checksums that are wrong, missing or not looked at', async () => {
  const file = fileOf('ETHUSDT', '1h', '2024-05');
  plan(/2024-05/, { kind: 'wrong-checksum' });
  expect((await read(file)).reading).toMatchObject({ state: 'mismatch', checksum: 'mismatch' });
  const proceeding = await read(file, 'proceed');
  expect([proceeding.reading, proceeding.times.length]).toEqual([
    expect.objectContaining({ state: 'read', checksum: 'mismatch' }),
    744,
  ]);
  quirks.clear();
  plan(/2024-05/, { kind: 'missing-checksum' });
  expect((await read(file)).reading).toMatchObject({ state: 'read', checksum: 'missing' });
  sandbox.log.clear();
  expect((await read(file, 'skip')).reading).toMatchObject({ state: 'read', checksum: 'skipped' });
  expect(sandbox.log.entries.map(({ what }) => what)).toEqual([expect.stringMatching(/2024-05\.zip$/)]);
});

it('notices a zip that was damaged before its checksum was made', async () => {
  plan(/2024-05/, { kind: 'corrupt' });
  for (const demand of ['require', 'skip'] as const)
    expect((await failure(read(fileOf('ETHUSDT', '1h', '2024-05'), demand))).code).toBe('MALFORMED');
});

it('takes a byte that changed on the way for a mismatch', async () => {
  sandbox.faults.add({ server: 'binance-archive', match: /\.zip$/, fault: { kind: 'garble' } });
  expect((await read(fileOf('ETHUSDT', '1h', '2024-05'))).reading.state).toBe('mismatch');
});

it('takes a file that is cut on the way for a failure of the way', async () => {
  sandbox.faults.add({ server: 'binance-archive', match: /\.zip$/, fault: { kind: 'cut', fraction: 0.5 } });
  expect((await failure(read(fileOf('ETHUSDT', '1h', '2024-05')))).code).toBe('UNAVAILABLE');
});

it('knows a file that was published anew by its ETag', async () => {
  const file = fileOf('ETHUSDT', '1h', '2024-05');
  const before = await read(file);
  plan(/2024-05/, { kind: 'republished' });
  const after = await read(file);
  expect(after.times).toEqual(before.times);
  const tags = [before, after].map(({ reading }) => (reading.state === 'read' ? reading.etag : undefined));
  expect(tags).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)]);
  expect(tags[0]).not.toBe(tags[1]);
});

it('gives what is there of months that lack days, stop early, or are not sorted', async () => {
  const file = fileOf('ETHUSDT', '1h', '2024-05');
  plan(/2024-05/, { kind: 'lacks-days', days: ['2024-05-07', '2024-05-08'] });
  expect((await read(file)).times.length).toBe(744 - 48);
  quirks.clear();
  plan(/2024-05/, { kind: 'partial', at: '2024-05-22T07:36:00Z' });
  expect((await read(file)).times.at(-1)).toBe(Date.parse('2024-05-22T07:00Z'));
  quirks.clear();
  plan(/2024-05/, { kind: 'unsorted' });
  const { times } = await read(file);
  expect([times.length, times[0]]).toEqual([744, Date.parse('2024-05-31T23:00Z')]);
});

it('lists instruments of every market, and the delisted ones', async () => {
  const listings = (await collect(binance.instruments?.(context))).flat();
  const of = (symbol: string) => listings.filter((each) => each.symbol === symbol);
  expect(of('LUNAUSDT')).toEqual([expect.objectContaining({ active: false })]);
  expect(of('BTCUSDT')).toEqual([{ symbol: 'BTCUSDT', native: 'BTCUSDT', assetClass: 'crypto', active: true }]);
  expect(of('BTCUSDT@um')).toEqual([
    expect.objectContaining({ market: 'um', listedFrom: Date.parse('2019-09-08T17:57Z') }),
  ]);
  expect(of('BTCUSD_PERP@cm')).toHaveLength(1);
});
