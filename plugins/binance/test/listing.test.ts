import { expect, it } from '@jest/globals';
import { binance } from '../src/index.js';
import { readListing } from '../src/s3-listing.js';
import { collect, failure, request, type Scripted, scriptHost } from './scripted-host.js';

const FOLDER = 'data/spot/monthly/klines/BTCUSDT/1h/';

interface Page {
  readonly prefix?: string;
  readonly keys?: readonly string[];
  readonly folders?: readonly string[];
  readonly truncated?: boolean;
  readonly next?: string;
}

function page({ prefix = FOLDER, keys = [], folders = [], truncated = false, next }: Page): string {
  const contents = keys.map(
    (key, i) =>
      `<Contents><Key>${prefix}${key}</Key><LastModified>2024-02-05T07:40:48.000Z</LastModified><ETag>&quot;e${i}&quot;</ETag><Size>${100 + i}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  );
  const common = folders.map((name) => `<CommonPrefixes><Prefix>${prefix}${name}/</Prefix></CommonPrefixes>`);
  const marker = next === undefined ? '' : `<NextMarker>${next}</NextMarker>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><Prefix>${prefix}</Prefix><Marker></Marker>${marker}<MaxKeys>1000</MaxKeys><Delimiter>/</Delimiter><IsTruncated>${truncated}</IsTruncated>${contents.join('')}${common.join('')}</ListBucketResult>`;
}

const withSums = (...names: string[]) =>
  names.flatMap((name) => [`BTCUSDT-1h-${name}.zip`, `BTCUSDT-1h-${name}.zip.CHECKSUM`]);

async function list(
  answer: (url: URL, nth: number) => Scripted,
  start = '2024-01-15',
  end = '2024-04-10',
  period: 'month' | 'day' = 'month',
) {
  const scripted = await scriptHost(answer);
  try {
    const pages = await collect(binance.archive?.list?.(request(start, end), period, scripted.context));
    return { files: pages.flat(), asked: scripted.asked };
  } finally {
    await scripted.close();
  }
}

it('lists the months of a range, past the checksums, with sizes and ETags', async () => {
  const { files, asked } = await list(() => ({
    body: page({ keys: withSums('2023-12', '2024-01', '2024-03', '2024-04', '2024-05') }),
  }));
  expect(files.map(({ name, bytes, etag }) => [name, bytes, etag])).toEqual([
    ['2024-01', 102, 'e2'],
    ['2024-03', 104, 'e4'],
    ['2024-04', 106, 'e6'],
  ]);
  expect(files[0]?.url).toBe(`https://data.binance.vision/${FOLDER}BTCUSDT-1h-2024-01.zip`);
  expect(asked.map(String)).toEqual([
    `https://s3-ap-northeast-1.amazonaws.com/data.binance.vision?${new URLSearchParams({ delimiter: '/', prefix: FOLDER, marker: `${FOLDER}BTCUSDT-1h-2024-01` })}`,
  ]);
});

it.each([
  ['the marker it is given', `${FOLDER}BTCUSDT-1h-2024-02.zip`],
  ['the last key where it is given none', undefined],
])('goes on from %s', async (_, next) => {
  const { files, asked } = await list((_url, nth) => ({
    body:
      nth === 1
        ? page({
            keys: ['BTCUSDT-1h-2024-01.zip', 'BTCUSDT-1h-2024-02.zip'],
            truncated: true,
            ...(next ? { next } : {}),
          })
        : page({ keys: ['BTCUSDT-1h-2024-02.zip.CHECKSUM', 'BTCUSDT-1h-2024-03.zip'] }),
  }));
  expect(files.map(({ name }) => name)).toEqual(['2024-01', '2024-02', '2024-03']);
  expect(asked[1]?.searchParams.get('marker')).toBe(`${FOLDER}BTCUSDT-1h-2024-02.zip`);
});

it('stops behind the range though there is more', async () => {
  const { asked } = await list(() => ({ body: page({ keys: withSums('2024-04', '2024-05'), truncated: true }) }));
  expect(asked).toHaveLength(1);
});

it('steps over names that are no files of the series', async () => {
  const keys = [
    'BTCUSDT-1h-2024-2.zip',
    'BTCUSDT-1h-2024-02.csv',
    'ETHUSDT-1h-2024-02.zip',
    'BTCUSDT-1h-2024-02-03.zip',
    'BTCUSDT-1h-2024-03.zip',
  ];
  expect((await list(() => ({ body: page({ keys }) }))).files.map(({ name }) => name)).toEqual(['2024-03']);
});

it('takes an unknown prefix for nothing there', async () => {
  expect((await list(() => ({ body: page({}) }))).files).toEqual([]);
});

it('never goes in a circle', async () => {
  const error = await failure(
    list(() => ({ body: page({ keys: ['BTCUSDT-1h-2024-01.zip'], truncated: true, next: `${FOLDER}A` }) })),
  );
  expect(error.code).toBe('MALFORMED');
});

it.each([
  '<html></html>',
  '',
  '<ListBucketResult><Contents><Key>a</Key>',
  '<ListBucketResult><Contents><Size>1</Size></Contents></ListBucketResult>',
  '<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>',
  `<ListBucketResult>${'<Contents>'.repeat(200_000)}</ListBucketResult>`,
])('refuses what is no listing', async (body) => {
  const begun = performance.now();
  expect((await failure(list(() => ({ body })))).code).toBe('MALFORMED');
  expect(performance.now() - begun).toBeLessThan(2000);
});

it('does not mistake the echo of the question for a folder, and reads what is escaped', () => {
  const listing = readListing(page({ prefix: 'data/', folders: ['A&amp;B', 'C&#x44;&#69;'] }));
  expect(listing).toEqual({ files: [], folders: ['data/A&B/', 'data/CDE/'], next: undefined });
});

it('lists every symbol of every market, and those of which only files are left', async () => {
  const info: Readonly<Record<string, unknown[]>> = {
    '/api/v3/exchangeInfo': [
      { symbol: 'BTCUSDT', status: 'TRADING', permissions: [] },
      { symbol: 'OLDBTC', status: 'BREAK' },
      { symbol: '币USDT', status: 'TRADING' },
    ],
    '/fapi/v1/exchangeInfo': [
      { symbol: 'BTCUSDT', status: 'TRADING', onboardDate: 1569398400000, deliveryDate: 4133404800000 },
      { symbol: 'BTCUSDT_240628', status: 'SETTLING', onboardDate: 1700000000000, deliveryDate: 1719561600000 },
    ],
    '/dapi/v1/exchangeInfo': [
      { symbol: 'BTCUSD_PERP', contractStatus: 'TRADING', onboardDate: 1597042800000, deliveryDate: 4133404800000 },
    ],
  };
  const { context, close } = await scriptHost((url) => {
    if (info[url.pathname]) return { body: JSON.stringify({ timezone: 'UTC', symbols: info[url.pathname] }) };
    const prefix = url.searchParams.get('prefix') as string;
    if (!prefix.includes('/spot/')) return { body: page({ prefix }) };
    return url.searchParams.has('marker')
      ? { body: page({ prefix, folders: ['LUNAUSDT'] }) }
      : { body: page({ prefix, folders: ['BTCUSDT', 'GONEUSDT'], truncated: true, next: `${prefix}GONEUSDT/` }) };
  });
  const listings = (await collect(binance.instruments?.(context))).flat();
  await close();
  expect(listings).toEqual([
    { symbol: 'BTCUSDT', native: 'BTCUSDT', assetClass: 'crypto', active: true },
    { symbol: 'OLDBTC', native: 'OLDBTC', assetClass: 'crypto', active: false },
    { symbol: 'GONEUSDT', native: 'GONEUSDT', assetClass: 'crypto', active: false },
    { symbol: 'LUNAUSDT', native: 'LUNAUSDT', assetClass: 'crypto', active: false },
    {
      symbol: 'BTCUSDT@um',
      native: 'BTCUSDT',
      assetClass: 'crypto',
      market: 'um',
      active: true,
      listedFrom: 1569398400000,
    },
    {
      symbol: 'BTCUSDT_240628@um',
      native: 'BTCUSDT_240628',
      assetClass: 'crypto',
      market: 'um',
      active: false,
      listedFrom: 1700000000000,
      listedUntil: 1719561600000,
    },
    {
      symbol: 'BTCUSD_PERP@cm',
      native: 'BTCUSD_PERP',
      assetClass: 'crypto',
      market: 'cm',
      active: true,
      listedFrom: 1597042800000,
    },
  ]);
});
