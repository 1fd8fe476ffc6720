import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createMarket } from '../../src/market/create-market.js';
import type { Listing } from '../../src/market/market.js';
import { startBinance } from '../../src/servers/binance/start-binance.js';
import { createQuirks } from '../../src/servers/binance-archive/quirks.js';
import { startBinanceArchive } from '../../src/servers/binance-archive/start-binance-archive.js';
import { createFaults } from '../../src/servers/create-faults.js';
import { createLog } from '../../src/servers/create-log.js';
import type { WireServer } from '../../src/servers/server.js';

const market = createMarket({ seed: 5 });
const at = Date.parse;
const quirks = createQuirks();
let now = at('2025-03-05T12:00:00Z');
let server: WireServer;

beforeAll(async () => {
  server = await startBinanceArchive({ market, now: () => now, log: createLog(), faults: createFaults(), quirks });
});
beforeEach(() => {
  quirks.clear();
  now = at('2025-03-05T12:00:00Z');
});
afterAll(() => server.close());

async function get(path: string, init: RequestInit = {}) {
  const response = await fetch(`${server.url}/${path}`, init);
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** Reads the one member by its central directory, with Node alone. */
function unzip(zip: Buffer): { name: string; text: string } {
  const directory = zip.readUInt32LE(zip.length - 22 + 16);
  expect(zip.readUInt32LE(zip.length - 22)).toBe(0x06054b50);
  const local = zip.readUInt32LE(directory + 42);
  const packed = zip.readUInt32LE(directory + 20);
  const nameLength = zip.readUInt16LE(local + 26);
  const from = local + 30 + nameLength + zip.readUInt16LE(local + 28);
  return {
    name: zip.toString('utf8', local + 30, local + 30 + nameLength),
    text: inflateRawSync(zip.subarray(from, from + packed)).toString(),
  };
}

const rowsOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
const path = (name: string, root = 'spot', period = 'monthly') => {
  const [, symbol, interval] = /^(.+?)-([^-]+)-\d/.exec(name) as unknown as [string, string, string];
  return `data/${root}/${period}/klines/${symbol}/${interval}/${name}`;
};

describe('files', () => {
  it('hold a month of the market’s bars, with a checksum that fits', async () => {
    const began = performance.now();
    const { status, headers, bytes } = await get(path('ETHUSDT-1m-2024-02.zip'));
    expect(performance.now() - began).toBeLessThan(5000);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/zip');
    expect(headers.get('etag')).toBe(`"${createHash('md5').update(bytes).digest('hex')}"`);
    const { name, text } = unzip(bytes);
    expect(name).toBe('ETHUSDT-1m-2024-02.csv');
    const rows = rowsOf(text);
    const truth = market.bars(market.find('ETHUSDT') as Listing, '1m', at('2024-02-01'), at('2024-03-01'));
    expect(rows).toHaveLength(29 * 1440);
    expect(rows.map((row) => row.slice(0, 6).map(Number))).toEqual(
      [...truth.time].map((time, row) => [
        time,
        truth.open[row],
        truth.high[row],
        truth.low[row],
        truth.close[row],
        truth.volume[row],
      ]),
    );
    const sum = await get(`${path('ETHUSDT-1m-2024-02.zip')}.CHECKSUM`);
    expect(sum.bytes.toString()).toBe(`${createHash('sha256').update(bytes).digest('hex')}  ETHUSDT-1m-2024-02.zip\n`);
    expect((await get(path('ETHUSDT-1m-2024-02.zip'))).bytes.equals(bytes)).toBe(true);
  });

  it('of old have checksums without a line feed', async () => {
    const { bytes } = await get(`${path('BTCUSDT-1d-2020-02.zip')}.CHECKSUM`);
    expect(bytes.toString()).toMatch(/^[0-9a-f]{64} {2}BTCUSDT-1d-2020-02\.zip$/);
  });

  it('count microseconds on spot from 2025 on, and never elsewhere', async () => {
    const times = async (name: string, root?: string) =>
      rowsOf(unzip((await get(path(name, root))).bytes).text).map((row) => [row[0], row[6]]);
    expect((await times('BTCUSDT-1d-2024-12.zip')).at(-1)).toEqual(['1735603200000', '1735689599999']);
    expect((await times('BTCUSDT-1d-2025-01.zip'))[0]).toEqual(['1735689600000000', '1735775999999999']);
    expect((await times('BTCUSDT-1d-2025-01.zip', 'futures/um'))[1]).toEqual(['1735689600000', '1735775999999']);
  });

  it('of futures begin with names from mid-2022 on', async () => {
    const first = async (name: string) => unzip((await get(path(name, 'futures/um'))).bytes).text.slice(0, 9);
    expect(await first('BTCUSDT-1d-2022-05.zip')).toMatch(/^\d{9}/);
    expect(await first('BTCUSDT-1d-2022-06.zip')).toBe('open_time');
    const cm = unzip((await get(path('BTCUSD_PERP-1h-2023-10-27.zip', 'futures/cm', 'daily'))).bytes).text;
    expect(rowsOf(cm)).toHaveLength(25);
    expect(cm).toMatch(/^open_time,.*,ignore\n1698364800000,/);
  });

  it('spell a month 1mo, and come daily only up to a day', async () => {
    expect((await get(path('BTCUSDT-1mo-2024-02.zip'))).status).toBe(200);
    expect((await get(path('BTCUSDT-1M-2024-02.zip'))).status).toBe(404);
    expect((await get(path('BTCUSDT-1w-2024-02-05.zip', 'spot', 'daily'))).status).toBe(404);
    expect((await get(path('BTCUSDT-1s-2024-02-05.zip', 'spot', 'daily'))).status).toBe(200);
  });

  it('come late: a day the next morning, a month on the first Monday', async () => {
    const day = async () => (await get(path('BTCUSDT-1h-2025-03-04.zip', 'spot', 'daily'))).status;
    const month = async () => (await get(path('BTCUSDT-1h-2025-02.zip'))).status;
    now = at('2025-03-05T06:00Z');
    expect([await day(), await month()]).toEqual([404, 200]);
    now = at('2025-03-05T09:00Z');
    expect(await day()).toBe(200);
    now = at('2025-03-03T09:00Z');
    expect(await month()).toBe(404);
    now = at('2025-03-04T00:00Z');
    expect(await month()).toBe(200);
  });

  it('are refused in XML when there are none', async () => {
    const { status, bytes } = await get(path('SOLUSDT-1d-2019-01.zip'));
    expect([status, bytes.toString().includes('<Code>NoSuchKey</Code>')]).toEqual([404, true]);
    expect((await get(path('LUNAUSDT-1d-2022-05.zip'))).status).toBe(200);
    expect((await get(path('LUNAUSDT-1d-2022-06.zip'))).status).toBe(404);
  });

  it('answer HEAD, ranges and known ETags', async () => {
    const name = path('BTCUSDT-1d-2024-01.zip');
    const whole = await get(name);
    const head = await get(name, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), head.bytes.length]).toEqual([
      200,
      String(whole.bytes.length),
      0,
    ]);
    const part = await get(name, { headers: { range: 'bytes=10-19' } });
    expect([part.status, part.bytes.equals(whole.bytes.subarray(10, 20))]).toEqual([206, true]);
    expect((await get(name, { headers: { 'if-none-match': whole.headers.get('etag') as string } })).status).toBe(304);
  });
});

describe('rows', () => {
  it.each([
    ['SOLUSDT-1h-2024-02.zip', 'spot', '/api/v3/klines?symbol=SOLUSDT'],
    ['BTCUSDT-1h-2024-02.zip', 'futures/um', '/fapi/v1/klines?symbol=BTCUSDT'],
    ['BTCUSD_PERP-1h-2024-02.zip', 'futures/cm', '/dapi/v1/klines?symbol=BTCUSD_PERP'],
    ['BTCUSDT-1h-2018-02.zip', 'spot', '/api/v3/klines?symbol=BTCUSDT'],
  ])('of %s in %s are those of REST, letter by letter', async (name, root, query) => {
    const month = `${name.slice(-11, -4)}-01`;
    const end = Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7))) - 1;
    const rest = await startBinance({ market, now: () => now, log: createLog(), faults: createFaults() });
    const bounds = `&interval=1h&startTime=${at(month)}&endTime=${end}&limit=1000`;
    const rows = (await (await fetch(`${rest.url}${query}${bounds}`)).json()) as unknown[][];
    await rest.close();
    const text = unzip((await get(path(name, root))).bytes).text;
    expect(rowsOf(text).filter(([first]) => first !== 'open_time')).toEqual(rows.map((row) => row.map(String)));
  });
});

describe('quirks', () => {
  const name = 'BTCUSDT-1h-2024-03.zip';

  it('change what is served, and only there', async () => {
    const right = await get(path(name));
    const rows = rowsOf(unzip(right.bytes).text);
    quirks.add({ match: /BTCUSDT-1h-2024-03\.zip/, quirk: { kind: 'lacks-days', days: ['2024-03-07', '2024-03-08'] } });
    const lacking = await get(path(name));
    expect(rowsOf(unzip(lacking.bytes).text)).toHaveLength(rows.length - 48);
    const sum = (await get(`${path(name)}.CHECKSUM`)).bytes.toString();
    expect(sum.slice(0, 64)).toBe(createHash('sha256').update(lacking.bytes).digest('hex'));
    expect(rowsOf(unzip((await get(path('BTCUSDT-1h-2024-03-07.zip', 'spot', 'daily'))).bytes).text)).toHaveLength(24);
    quirks.clear();
    quirks.add({ match: /BTCUSDT-1h-2024-03\.zip/, quirk: { kind: 'partial', at: '2024-03-31T07:36Z' } });
    expect(rowsOf(unzip((await get(path(name))).bytes).text)).toHaveLength(rows.length - 16);
    quirks.clear();
    quirks.add({ match: /BTCUSDT-1h-2024-03\.zip/, quirk: { kind: 'republished' } });
    const again = await get(path(name));
    expect(again.headers.get('etag')).not.toBe(right.headers.get('etag'));
    expect(at(again.headers.get('last-modified') as string)).toBeGreaterThan(
      at(right.headers.get('last-modified') as string),
    );
    expect(rowsOf(unzip(again.bytes).text)).toEqual(rows);
    quirks.clear();
    quirks.add({ match: /BTCUSDT-1h-2024-03\.zip/, quirk: { kind: 'unsorted' } });
    expect(rowsOf(unzip((await get(path(name))).bytes).text)).toEqual([...rows].reverse());
  });

  it('spoil checksums, bytes and presence', async () => {
    const zip = (await get(path(name))).bytes;
    const digest = createHash('sha256').update(zip).digest('hex');
    quirks.add({ match: /2024-03/, quirk: { kind: 'wrong-checksum' } });
    const wrong = (await get(`${path(name)}.CHECKSUM`)).bytes.toString();
    expect(wrong).toMatch(/^[0-9a-f]{64} {2}/);
    expect(wrong).not.toContain(digest);
    quirks.clear();
    quirks.add({ match: /2024-03/, quirk: { kind: 'missing-checksum' } });
    expect([(await get(`${path(name)}.CHECKSUM`)).status, (await get(path(name))).status]).toEqual([404, 200]);
    quirks.clear();
    quirks.add({ match: /2024-03/, quirk: { kind: 'corrupt' } });
    expect((await get(path(name))).bytes.equals(zip)).toBe(false);
    quirks.clear();
    quirks.add({ match: /2024-03/, quirk: { kind: 'absent' } });
    expect((await get(path(name))).status).toBe(404);
  });
});

describe('listings', () => {
  const list = async (query: string) => (await get(`?${query}`)).bytes.toString();
  const all = (text: string, tag: string) =>
    [...text.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, value]) => value as string);

  it('fold what is below the delimiter', async () => {
    const text = await list('delimiter=/&prefix=data/spot/monthly/klines/');
    expect(all(text, 'Prefix')).toEqual([
      'data/spot/monthly/klines/',
      ...['BTCUSDT', 'ETHUSDT', 'LUNAUSDT', 'SOLUSDT', 'STRY'].map((symbol) => `data/spot/monthly/klines/${symbol}/`),
    ]);
    expect(text).not.toContain('<Contents>');
    expect(all(await list('delimiter=/&prefix=data/'), 'Prefix').slice(1)).toEqual(['data/futures/', 'data/spot/']);
    expect(await list('delimiter=/&prefix=data/option/')).not.toContain('<CommonPrefixes>');
  });

  it('name files and checksums in turn, with their size and ETag, from behind the marker', async () => {
    const folder = 'data/spot/monthly/klines/SOLUSDT/1d/';
    const text = await list(`delimiter=/&prefix=${folder}`);
    const keys = all(text, 'Key');
    expect(keys.slice(0, 2)).toEqual([`${folder}SOLUSDT-1d-2020-08.zip`, `${folder}SOLUSDT-1d-2020-08.zip.CHECKSUM`]);
    expect(keys.at(-1)).toBe(`${folder}SOLUSDT-1d-2025-02.zip.CHECKSUM`);
    expect([...keys].sort()).toEqual(keys);
    const { bytes, headers } = await get(keys[0] as string);
    expect(all(text, 'Size')[0]).toBe(String(bytes.length));
    expect(all(text, 'ETag')[0]).toBe((headers.get('etag') as string).replaceAll('"', '&quot;'));
    expect(all(await list(`delimiter=/&prefix=${folder}&marker=${keys[3]}`), 'Key')).toEqual(keys.slice(4));
  });

  it('stop at a thousand, and say where to go on', async () => {
    const folder = 'data/spot/daily/klines/BTCUSDT/1d/';
    const first = await list(`delimiter=/&prefix=${folder}`);
    expect(all(first, 'Key')).toHaveLength(1000);
    expect(all(first, 'IsTruncated')).toEqual(['true']);
    expect(all(first, 'NextMarker')).toEqual([all(first, 'Key').at(-1)]);
    const second = await list(`delimiter=/&prefix=${folder}&marker=${all(first, 'NextMarker')[0]}`);
    expect(all(second, 'Key')[0]).toBe(`${folder}BTCUSDT-1d-2018-12-30.zip`);
    const undelimited = await list(`prefix=${folder}`);
    expect(undelimited).not.toContain('<NextMarker>');
    expect(all(undelimited, 'Key')).toEqual(all(first, 'Key'));
  });
});
