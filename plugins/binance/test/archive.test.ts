import { deflateRawSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import type { ArchiveFile, ArchiveReading, Bars } from '../../../src/provider/index.js';
import { nameFiles } from '../src/archive-files.js';
import { MOST_PACKED } from '../src/download.js';
import { readArchive } from '../src/read-archive.js';
import { type MadeEntry, makeZip } from './make-zip.js';
import { collect, failure, request, type Scripted, scriptHost, sha256 } from './scripted-host.js';

const START = Date.UTC(2024, 0);
const HOUR = 3_600_000;
const CSV_NAME = 'BTCUSDT-1h-2024-01.csv';
const ZIP_NAME = 'BTCUSDT-1h-2024-01.zip';
const lines = (count: number) =>
  Array.from(
    { length: count },
    (_, i) => `${START + i * HOUR},1.5,2,1,1.75,10.${i},${START + (i + 1) * HOUR - 1},15,3,4,6,0\n`,
  );
const CSV = lines(744).join('');
const good: MadeEntry = { name: CSV_NAME, data: CSV };

type Demand = 'require' | 'proceed' | 'skip';
interface Given {
  readonly zip: Uint8Array | Scripted;
  /** The text of the `.CHECKSUM`; the right one where not given, 404 where null. */
  readonly voucher?: string | null;
  readonly demand?: Demand;
  readonly more?: Partial<ArchiveFile>;
}

async function read({ zip, voucher, demand = 'require', more = {} }: Given) {
  const reply: Scripted = zip instanceof Uint8Array ? { body: zip, headers: { etag: '"0123abc"' } } : zip;
  const scripted = await scriptHost((url) => {
    if (!url.pathname.endsWith('.CHECKSUM')) return reply;
    if (voucher === null) return { status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' };
    return { body: voucher ?? `${sha256(Buffer.from(reply.body as string))}  ${ZIP_NAME}\n` };
  });
  try {
    const [file] = nameFiles(request('2024-01-01', '2024-01-02'), 'month', scripted.context.options);
    const reading: ArchiveReading = await readArchive({ ...(file as ArchiveFile), ...more }, scripted.context, {
      checksum: demand,
    });
    let rows = 0;
    let trouble: unknown;
    if (reading.state === 'read') {
      try {
        for await (const batch of reading.batches) rows += (batch as Bars).time.length;
      } catch (error) {
        trouble = error;
      }
    }
    return { reading, rows, trouble, asked: scripted.asked.map(({ pathname }) => pathname.split('/').at(-1)) };
  } finally {
    await scripted.close();
  }
}

it('reads a month, with its size, its ETag and its checksum', async () => {
  const zip = makeZip([good]);
  const { reading, rows, asked } = await read({ zip });
  expect(rows).toBe(744);
  expect(reading).toMatchObject({
    state: 'read',
    bytes: zip.length,
    etag: '0123abc',
    checksum: 'verified',
    actual: sha256(zip),
    expected: sha256(zip),
  });
  expect(asked).toEqual([ZIP_NAME, `${ZIP_NAME}.CHECKSUM`]);
});

it('reads stored entries and zips with a comment', async () => {
  expect((await read({ zip: makeZip([{ ...good, method: 0 }], { comment: 'made by hand' }) })).rows).toBe(744);
});

it('says that a file is absent, and asks for no checksum of it', async () => {
  const { reading, asked } = await read({ zip: { status: 404, body: '<Error/>' } });
  expect([reading, asked]).toEqual([{ state: 'absent' }, [ZIP_NAME]]);
});

const zip = makeZip([good]);
const hash = sha256(zip);
const other = '0'.repeat(64);

it.each<[string, string | null, Demand, object, number]>([
  ['without a final line feed', `${hash}  ${ZIP_NAME}`, 'require', { checksum: 'verified' }, 744],
  ['with the star of binary mode', `${hash} *${ZIP_NAME}\n`, 'require', { checksum: 'verified' }, 744],
  [
    'of other bytes',
    `${other}  ${ZIP_NAME}\n`,
    'require',
    { state: 'mismatch', checksum: 'mismatch', expected: other, actual: hash },
    0,
  ],
  ['of another file', `${hash}  BTCUSDT-1h-2024-02.zip\n`, 'require', { state: 'mismatch', expected: hash }, 0],
  ['that cannot be read', '<html>oops</html>', 'require', { state: 'mismatch', checksum: 'mismatch', actual: hash }, 0],
  ['that is empty', '', 'require', { state: 'mismatch' }, 0],
  [
    'of other bytes, all the same',
    `${other}  ${ZIP_NAME}\n`,
    'proceed',
    { state: 'read', checksum: 'mismatch', expected: other },
    744,
  ],
  ['that is missing', null, 'require', { state: 'read', checksum: 'missing', actual: hash }, 744],
  ['that nobody looks at', null, 'skip', { state: 'read', checksum: 'skipped' }, 744],
])('takes a checksum %s', async (_, voucher, demand, expected, count) => {
  const { reading, rows, asked } = await read({ zip, voucher, demand });
  expect([reading, rows]).toEqual([expect.objectContaining(expected), count]);
  expect(asked.length).toBe(demand === 'skip' ? 1 : 2);
});

const bomb = deflateRawSync(Buffer.alloc(64 * 2 ** 20, 48), { level: 9 });
const hostile: readonly [string, Buffer, RegExp][] = [
  ['a path upwards', makeZip([{ ...good, name: `../${CSV_NAME}` }]), /relative path/],
  ['an absolute path', makeZip([{ ...good, name: `/${CSV_NAME}` }]), /absolute/],
  ['a Windows path', makeZip([{ ...good, name: `C:\\${CSV_NAME}` }]), /invalid characters|absolute/],
  ['another name', makeZip([{ ...good, name: 'BTCUSDT-1h-2024-02.csv' }]), /not BTCUSDT-1h-2024-01.csv/],
  ['another name in its header', makeZip([{ ...good, localName: 'BTCUSDT-1h-2024-02.csv' }]), /different things/],
  ['two entries', makeZip([good, { name: 'extra.csv', data: CSV }]), /2 entries/],
  ['two entries that it calls one', makeZip([{ name: 'a.csv', data: CSV }, good], { entryCount: 1 }), /not BTCUSDT/],
  ['no entry', makeZip([]), /0 entries/],
  ['a wrong CRC', makeZip([{ ...good, crc: 1 }]), /CRC/],
  ['more bytes than it says', makeZip([{ ...good, size: CSV.length - 10 }]), /more than/],
  ['fewer bytes than it says', makeZip([{ ...good, size: CSV.length + 10 }]), /unpacks to/],
  ['a bomb that says so', makeZip([{ ...good, packed: bomb, size: 64 * 2 ** 20 }]), /bytes unpack to/],
  ['a bomb that lies', makeZip([{ ...good, packed: bomb, size: 60_000 }]), /more than/],
  [
    'bytes behind the end of its data',
    makeZip([{ ...good, packed: Buffer.concat([deflateRawSync(Buffer.from(CSV)), Buffer.alloc(50)]) }]),
    /behind the end/,
  ],
  [
    'data that are cut',
    makeZip([{ ...good, packed: deflateRawSync(Buffer.from(CSV)).subarray(0, -20) }]),
    /unexpected end/,
  ],
  ['encrypted data', makeZip([{ ...good, flags: 1 }]), /encrypted/],
  ['strongly encrypted data', makeZip([{ ...good, flags: 0x41 }]), /encryption/],
  ['an unknown method', makeZip([{ ...good, method: 12 }]), /method 12/],
  ['no zip at all', Buffer.from('<html>sorry</html>'), /[Nn]ot a zip/],
  ['nothing', Buffer.alloc(0), /[Nn]ot a zip/],
  ['rows that are none', makeZip([{ ...good, data: CSV.replace('1.5', 'x') }]), /not a number/],
];

it.each(hostile)('refuses a zip with %s', async (_, zip, message) => {
  const outcomes = [
    await failureOf({ zip }),
    await failureOf({ zip, demand: 'skip' }),
    await failureOf({ zip, voucher: null }),
  ];
  for (const { code, message: said } of outcomes)
    expect([code, said]).toEqual(['MALFORMED', expect.stringMatching(message)]);
  expect(outcomes[0]?.message).toContain(ZIP_NAME);
});

it('gives no row of a damaged file that no checksum vouches for', async () => {
  const zip = makeZip([{ ...good, crc: 1 }]);
  for (const given of [{ voucher: null }, { demand: 'skip' }, { voucher: `${other}  x`, demand: 'proceed' }] as const)
    expect((await failure(read({ zip, ...given }))).code).toBe('MALFORMED');
});

it('survives a zip cut at any point, without a row of it', async () => {
  const small = makeZip([{ name: CSV_NAME, data: lines(24).join('') }]);
  for (let length = 0; length < small.length; length += 7) {
    const error = await failure(read({ zip: small.subarray(0, length), demand: 'skip' }));
    expect([length, error.code]).toEqual([length, 'MALFORMED']);
  }
});

it('notices every flipped bit, or reads the same rows', async () => {
  const small = makeZip([{ name: CSV_NAME, data: lines(5).join('') }]);
  const clean = await read({ zip: small, demand: 'skip' });
  for (let bit = 3; bit < small.length * 8; bit += 29) {
    const flipped = Buffer.from(small);
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
    const outcome = await read({ zip: flipped, demand: 'skip' }).catch((error: { code: string }) => error);
    if ('rows' in outcome) expect([bit, outcome.rows, outcome.trouble]).toEqual([bit, clean.rows, undefined]);
    else expect([bit, outcome.code]).toEqual([bit, 'MALFORMED']);
    expect((await read({ zip: flipped, voucher: `${sha256(small)}  ${ZIP_NAME}` })).reading.state).toBe('mismatch');
  }
});

it('points to the daily files where a month is too large to hold', async () => {
  const body = 'x';
  const stated = await failureOf({ zip: { body, headers: { 'content-length': `${MOST_PACKED + 1}` } } });
  expect(stated).toMatchObject({ code: 'UNSUPPORTED', suggestions: [expect.stringContaining('daily')] });
});

it('lets a cut reply be what it is: not the file’s fault', async () => {
  const cut = { body: zip.subarray(0, 500), headers: { 'content-length': `${zip.length}` } };
  expect((await failureOf({ zip: cut })).code).toBe('UNAVAILABLE');
});

it('stops in the middle of a file when it is told to, and lets go of it', async () => {
  const scripted = await scriptHost(() => ({ body: zip }));
  const [file] = nameFiles(request('2024-01-01', '2024-01-02'), 'month', scripted.context.options);
  const reading = await readArchive(file as ArchiveFile, scripted.context, { checksum: 'skip' });
  await scripted.close();
  if (reading.state !== 'read') throw new Error('it was there');
  await expect(collect(reading.batches)).rejects.toThrow(/closed/);
});

async function failureOf(given: Given) {
  return failure(
    read(given).then(({ trouble }) => {
      if (trouble !== undefined) throw trouble;
    }),
  );
}
