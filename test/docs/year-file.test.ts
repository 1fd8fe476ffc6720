import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openStore } from '../../src/index.js';
import { readAsStranger, sha256, sorted } from './year-file/read-as-stranger.js';

/** docs/YEAR-FILE.md read literally, with nothing of the store but the file it wrote. */
const cache = mkdtempSync(join(tmpdir(), 'almanac-format-'));
const START = Date.UTC(2024, 0, 31, 22);
const CLOSES = [1.5, 1e-7, 1e21, -0, Number.NaN, 0.1 + 0.2];
let data: Buffer;
// biome-ignore lint/suspicious/noExplicitAny: the document is read as a stranger would
let sidecar: any;

beforeAll(async () => {
  const time = Float64Array.from(CLOSES, (_, i) => START + i * 3_600_000 + (i === 5 ? 250 : 0));
  const bars = { time, columns: ['close'], values: [Float64Array.from(CLOSES)] };
  const origin = { provider: 'stranger', via: 'import', fetchedAt: '2024-03-01T00:00:00Z', derived: false } as const;
  await openStore(cache).series('BTC/USDT', '1h').put(bars, origin);
  const folder = join(cache, 'BTC%2FUSDT', '1h');
  data = readFileSync(join(folder, '2024.csv.gz'));
  sidecar = JSON.parse(readFileSync(join(folder, '2024.metadata.json'), 'utf8'));
});

afterAll(() => rmSync(cache, { recursive: true, force: true }));

test('the text is spelled as the specification says', () => {
  expect(gunzipSync(data).toString()).toBe(
    [
      'timestamp,close',
      '2024-01-31T22:00:00Z,1.5',
      '2024-01-31T23:00:00Z,0.0000001',
      '2024-02-01T00:00:00Z,1000000000000000000000',
      '2024-02-01T01:00:00Z,0',
      '2024-02-01T02:00:00Z,',
      '2024-02-01T03:00:00.250Z,0.30000000000000004',
      '',
    ].join('\n'),
  );
});

test('members lie where the sidecar says, with the hashes it says, and nothing lies between them', () => {
  const { blocks, file } = sidecar;
  expect(file).toMatchObject({ bytes: data.length, sha256: sha256(data) });
  expect(gunzipSync(data.subarray(0, file.headerBytes)).toString()).toBe('timestamp,close\n');
  expect(blocks.map(({ period, rows }: { period: string; rows: number }) => [period, rows])).toEqual([
    ['2024-01', 2],
    ['2024-02', 4],
  ]);
  let at = file.headerBytes;
  for (const block of blocks) {
    const member = data.subarray(block.offset, block.offset + block.length);
    const text = gunzipSync(member);
    expect(block.offset).toBe(at);
    expect(sha256(member)).toBe(block.sha256);
    expect(sha256(text)).toBe(block.textSha256);
    expect(text.toString().split(',')[0]).toBe(block.first);
    at += block.length;
  }
  expect(at).toBe(data.length);
});

test('every member has no time, no name, and 3 for its system', () => {
  for (const offset of [0, ...sidecar.blocks.map((block: { offset: number }) => block.offset)]) {
    const [a, b, method, flags, t0, t1, t2, t3, , os] = data.subarray(offset, offset + 10);
    expect([a, b, method, flags, t0, t1, t2, t3, os]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 3]);
  }
});

test('the sidecar proves itself, and its provenance covers every row once', () => {
  const { self, ...rest } = sidecar;
  expect(self).toBe(sha256(JSON.stringify(sorted(rest))));
  expect(rest).toMatchObject({ schemaVersion: 1, symbol: 'BTC/USDT', timeframe: '1h', year: 2024, rows: 6 });
  const covered = rest.provenance.reduce((sum: number, range: { rows: number }) => sum + range.rows, 0);
  expect(covered).toBe(6);
});

test('a file of this program is read so too, and a changed byte of it is not', () => {
  const { rows } = readAsStranger(data, sidecar);
  expect(rows.map(([, close]) => close)).toEqual(CLOSES.map((close) => close + 0));
  for (const at of [3, sidecar.blocks[0].offset + 12, data.length - 1]) {
    const hurt = Buffer.from(data);
    hurt[at] = (hurt[at] as number) ^ 1;
    expect(() => readAsStranger(hurt, sidecar)).toThrow();
  }
});
