import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Bars } from '../../src/market/bars.js';
import type { Damage, Series } from '../../src/store/face.js';
import { openStore } from '../../src/store/open-store.js';
import { someOf } from '../support/every.js';
import { listRows, makeBars, PROVENANCE, pickRows } from '../support/make-bars.js';
import { listTree, temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
const AT_ONCE = 64;
const DATA = '2024.csv.gz';
const SIDECAR = '2024.metadata.json';

// Five days of January and five of February; half an hour over a whole year.
const SMALL = pickRows(makeBars('1d', Date.UTC(2024, 0, 27), 10), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
const LARGE = makeBars('30m', Date.UTC(2024, 0, 1), 366 * 48, ['price']);

interface Sample {
  readonly cache: string;
  readonly timeframe: '1d' | '30m';
  readonly bars: Bars;
  readonly truth: ReadonlySet<string>;
}

const sample = (timeframe: '1d' | '30m', bars: Bars): Sample => ({
  cache: path.join(root, timeframe),
  timeframe,
  bars,
  truth: new Set(listRows(bars).map((row) => row.join())),
});
const small = sample('1d', SMALL);
const large = sample('30m', LARGE);

beforeAll(async () => {
  for (const { cache, timeframe, bars } of [small, large])
    await openStore(cache).series('A', timeframe).put(bars, PROVENANCE);
});

interface Patient {
  readonly folder: string;
  readonly cache: string;
  readonly series: Series;
}

function admit({ cache, timeframe }: Sample): Patient {
  const copy = mkdtempSync(path.join(root, 'case-'));
  cpSync(cache, copy, { recursive: true });
  return { cache: copy, folder: path.join(copy, 'A', timeframe), series: openStore(copy).series('A', timeframe) };
}

const original = ({ cache, timeframe }: Sample, name: string): Buffer =>
  readFileSync(path.join(cache, 'A', timeframe, name));

interface Finding {
  /** Undefined where `verify` itself refused. */
  readonly damaged: readonly Damage[] | undefined;
  readonly refusal: string | undefined;
  readonly salvaged: readonly string[];
  readonly told: readonly Damage[];
  /** What a plain read gave: rows, or the code of its refusal. Where none was made, a refusal is assumed. */
  readonly plain: readonly string[] | string;
}

/** Reading writes nothing, so a patient whose file is put back serves again. */
const idle: Patient[] = [];

async function examine(name: string, bytes: Uint8Array | undefined, options = { plain: true }): Promise<Finding> {
  const patient = idle.pop() ?? admit(small);
  const { folder, series } = patient;
  try {
    if (bytes === undefined) rmSync(path.join(folder, name));
    else writeFileSync(path.join(folder, name), bytes);
    const told: Damage[] = [];
    const code = (error: unknown): string => (error as { code?: string }).code ?? String(error);
    const [report, salvaged, plain] = await Promise.all([
      series.verify().catch(code),
      series.read({ onDamage: (damage) => told.push(damage) }).catch(code),
      options.plain ? series.read().catch(code) : 'STORE_DAMAGED',
    ]);
    const rows = (read: Bars | string): string[] | string =>
      typeof read === 'string' ? read : listRows(read).map((row) => row.join());
    const given = rows(salvaged);
    return {
      damaged: typeof report === 'string' ? undefined : report.damaged,
      refusal: typeof report === 'string' ? report : undefined,
      salvaged: typeof given === 'string' ? [] : given,
      told,
      plain: rows(plain),
    };
  } finally {
    writeFileSync(path.join(folder, name), original(small, name));
    idle.push(patient);
  }
}

/** Runs a case for each item, many at a time: a damaged read waits a moment before it believes what it sees. */
async function forEach<T>(items: readonly T[], run: (item: T) => Promise<void>, atOnce = AT_ONCE): Promise<void> {
  const left = items.values();
  const work = async (): Promise<void> => {
    for (const item of left) await run(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/** Nothing false, nothing silently missing. */
function assertHonest(finding: Finding, what: string): void {
  const falseRow = finding.salvaged.find((row) => !small.truth.has(row));
  expect({ what, falseRow }).toEqual({ what, falseRow: undefined });
  expect({ what, twice: new Set(finding.salvaged).size !== finding.salvaged.length }).toEqual({ what, twice: false });
  if (finding.salvaged.length < small.truth.size)
    expect({ what, told: finding.told.length > 0 || finding.refusal }).not.toEqual({ what, told: false });
  const plain =
    typeof finding.plain === 'string'
      ? finding.plain
      : finding.plain.join('\n') === [...small.truth].join('\n')
        ? 'the truth'
        : 'not the truth';
  expect({ what, plain, ok: ['the truth', 'STORE_DAMAGED', 'STORE_NEWER'].includes(plain) }).toEqual({
    what,
    plain,
    ok: true,
  });
}

function assertDetected(finding: Finding, what: string): void {
  expect({
    what,
    detected: finding.damaged === undefined ? finding.refusal === 'STORE_NEWER' : finding.damaged.length > 0,
  }).toEqual({ what, detected: true });
}

/** A repeatable dice: a failure names its place. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function flip(bytes: Buffer, at: number, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[at] = (flipped[at] as number) ^ (1 << bit);
  return flipped;
}

describe('a flipped bit', () => {
  it('at every byte of a small year-file is found, and the other month stays readable', async () => {
    const bytes = original(small, DATA);
    const roll = dice(1);
    const { headerBytes } = JSON.parse(original(small, SIDECAR).toString()).file;
    await forEach(someOf(bytes.keys()), async (at) => {
      const bit = Math.floor(roll() * 8);
      const what = `bit ${bit} of byte ${at}`;
      const finding = await examine(DATA, flip(bytes, at, bit), { plain: at % 4 === 0 });
      assertDetected(finding, what);
      assertHonest(finding, what);
      expect({ what, rows: finding.salvaged.length }).toEqual({ what, rows: at < headerBytes ? 10 : 5 });
    });
  });

  it('at every byte of its sidecar is found, and costs no row', async () => {
    const bytes = original(small, SIDECAR);
    const roll = dice(2);
    const version = bytes.indexOf('"schemaVersion": 1') + '"schemaVersion": '.length;
    await forEach(someOf(bytes.keys()), async (at) => {
      const bit = Math.floor(roll() * 8);
      const what = `bit ${bit} of byte ${at}`;
      const finding = await examine(SIDECAR, flip(bytes, at, bit), { plain: at % 8 === 0 });
      assertDetected(finding, what);
      assertHonest(finding, what);
      // A version that reads as newer is left alone: it cannot be told from a newer program's file.
      if (at !== version) expect({ what, rows: finding.salvaged.length }).toEqual({ what, rows: 10 });
    });
  }, 120_000);

  it('at 500 random places of a large year-file is found, and costs its month alone', async () => {
    if (!existsSync('dist/index.js')) throw new Error('this test runs the built program: npm run build');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [path.resolve('test/support/flip-bits.js'), large.cache, '500'],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ found: 500, wrong: [] });
  });
});

describe('a data file', () => {
  it('cut at every byte is found, and never read as if it were whole', async () => {
    const bytes = original(small, DATA);
    await forEach(someOf(bytes.keys()), async (size) => {
      const finding = await examine(DATA, bytes.subarray(0, size), { plain: size % 4 === 0 });
      assertDetected(finding, `cut to ${size}`);
      assertHonest(finding, `cut to ${size}`);
    });
  });

  const wrongs: [string, (bytes: Buffer) => Buffer][] = [
    ['with one byte of junk at its end', (bytes) => Buffer.concat([bytes, Buffer.from('x')])],
    ['with junk at its end', (bytes) => Buffer.concat([bytes, Buffer.from('junk'.repeat(50))])],
    ['with zeros at its end', (bytes) => Buffer.concat([bytes, Buffer.alloc(4096)])],
    ['written twice over', (bytes) => Buffer.concat([bytes, bytes])],
    ['of zeros', (bytes) => Buffer.alloc(bytes.length)],
    ['whose second half is zeros', (bytes) => Buffer.from(bytes).fill(0, bytes.length >> 1)],
    ['that is empty', () => Buffer.alloc(0)],
    ['that is a web page', () => Buffer.from('<!doctype html><title>404</title>')],
    ['that begins one byte late', (bytes) => bytes.subarray(1)],
  ];
  it.each(wrongs)('%s is found, and gives no false row', async (what, hurt) => {
    const finding = await examine(DATA, hurt(original(small, DATA)));
    assertDetected(finding, what);
    assertHonest(finding, what);
  });

  it('without its sidecar and with its last month zeroed is not taken for a shorter one', async () => {
    const { folder, series } = admit(small);
    const second = JSON.parse(original(small, SIDECAR).toString()).blocks[1].offset;
    rmSync(path.join(folder, SIDECAR));
    writeFileSync(path.join(folder, DATA), original(small, DATA).fill(0, second));
    await expect(series.read()).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    expect((await series.verify()).damaged.length).toBeGreaterThan(0);
  });
});

describe('a sidecar', () => {
  const edit =
    (change: (document: Record<string, unknown>) => void) =>
    (bytes: Buffer): Buffer => {
      const document = JSON.parse(bytes.toString());
      change(document);
      return Buffer.from(JSON.stringify(document));
    };
  const wrongs: [string, (bytes: Buffer) => Buffer | undefined][] = [
    ['that is deleted', () => undefined],
    ['that is empty', () => Buffer.alloc(0)],
    ['that is {}', () => Buffer.from('{}')],
    ['that is []', () => Buffer.from('[]')],
    ['that is null', () => Buffer.from('null')],
    ['that is garbage', () => Buffer.from([0xff, 0xfe, 0, 1, 2])],
    ['that is zeros', (bytes) => Buffer.alloc(bytes.length)],
    ['that is cut', (bytes) => bytes.subarray(0, bytes.length >> 1)],
    ['edited by hand', edit((document) => Object.assign(document, { rows: 11 }))],
    ['without its own hash', edit((document) => delete document.self)],
    ['of another version in letters', edit((document) => Object.assign(document, { schemaVersion: '2' }))],
  ];
  it.each(wrongs)('%s costs no row, and the next write mends it', async (what, hurt) => {
    const bytes = hurt(original(small, SIDECAR));
    const finding = await examine(SIDECAR, bytes);
    expect(finding.plain).toEqual([...small.truth]);
    if (bytes !== undefined) assertDetected(finding, what);
    const { cache, folder, series } = admit(small);
    if (bytes === undefined) rmSync(path.join(folder, SIDECAR));
    else writeFileSync(path.join(folder, SIDECAR), bytes);
    expect((await series.years())[0]?.state).toBe('no-sidecar');
    const more = makeBars('1d', Date.UTC(2024, 5, 1), 1);
    expect((await series.put(more, PROVENANCE)).repaired).toHaveLength(1);
    expect(listRows(await series.read())).toEqual([...listRows(SMALL), ...listRows(more)]);
    expect(await series.verify()).toEqual({ blocks: 3, rows: 11, damaged: [] });
    if (bytes !== undefined) assertQuarantined(cache, { [SIDECAR]: bytes, [DATA]: original(small, DATA) });
  });

  it('of a newer version is neither read nor written over', async () => {
    const { folder, series } = admit(small);
    const newer = edit((document) => Object.assign(document, { schemaVersion: 2 }))(original(small, SIDECAR));
    writeFileSync(path.join(folder, SIDECAR), newer);
    await expect(series.read()).rejects.toMatchObject({ code: 'STORE_NEWER' });
    await expect(series.put(SMALL, PROVENANCE)).rejects.toMatchObject({ code: 'STORE_NEWER' });
    expect(readFileSync(path.join(folder, SIDECAR))).toEqual(newer);
    expect(readFileSync(path.join(folder, DATA))).toEqual(original(small, DATA));
  });
});

describe('a write after damage', () => {
  const blocks = (): { offset: number; length: number; period: string }[] =>
    JSON.parse(original(small, SIDECAR).toString()).blocks;
  const january = pickRows(SMALL, [0, 1, 2, 3, 4]);
  const february = pickRows(SMALL, [5, 6, 7, 8, 9]);

  it.each([0, 1])(
    'of block %i keeps the other, quarantines the original, and takes the lost rows again',
    async (which) => {
      const { cache, folder, series } = admit(small);
      const block = blocks()[which] as { offset: number; length: number; period: string };
      const hurt = flip(original(small, DATA), block.offset + (block.length >> 1), 3);
      writeFileSync(path.join(folder, DATA), hurt);
      const [lost, kept] = which === 0 ? [january, february] : [february, january];
      const more = makeBars('1d', Date.UTC(2024, 5, 1), 1);

      const report = await series.put(more, { ...PROVENANCE, provider: 'later' });
      expect(report).toMatchObject({ added: 1, years: [2024] });
      expect(report.repaired).toEqual([expect.stringContaining(block.period)]);
      expect(listRows(await series.read())).toEqual([...listRows(kept), ...listRows(more)]);
      assertQuarantined(cache, { [DATA]: hurt, [SIDECAR]: original(small, SIDECAR) });

      expect(await series.put(lost, PROVENANCE)).toMatchObject({ added: 5, repaired: [] });
      expect(listRows(await series.read())).toEqual([...listRows(SMALL), ...listRows(more)]);
      expect(await series.verify()).toEqual({ blocks: 3, rows: 11, damaged: [] });
      const [year] = await series.years();
      expect(year?.sidecar?.provenance.map(({ provider, rows }) => [provider, rows])).toEqual([
        ['test', 5],
        ['test', 5],
        ['later', 1],
      ]);
    },
  );

  const wrongs: [string, (bytes: Buffer) => Buffer | undefined][] = [
    ['empty', () => Buffer.alloc(0)],
    ['zeros', (bytes) => Buffer.alloc(bytes.length)],
    ['cut', (bytes) => bytes.subarray(0, bytes.length - 1)],
    ['cut to its header', (bytes) => bytes.subarray(0, blocks()[0]?.offset)],
    ['longer', (bytes) => Buffer.concat([bytes, Buffer.from('junk')])],
    ['not a gzip file', () => Buffer.from('<!doctype html>')],
  ];
  it.each(wrongs)('that left the file %s ends in the truth', async (_, hurt) => {
    const { cache, folder, series } = admit(small);
    const bytes = hurt(original(small, DATA)) as Buffer;
    writeFileSync(path.join(folder, DATA), bytes);
    expect((await series.put(SMALL, PROVENANCE)).repaired).toHaveLength(1);
    expect(listRows(await series.read())).toEqual(listRows(SMALL));
    expect(await series.verify()).toEqual({ blocks: 2, rows: 10, damaged: [] });
    expect(readFileSync(path.join(folder, DATA))).toEqual(original(small, DATA));
    assertQuarantined(cache, { [DATA]: bytes });
    expect(listTree(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('takes a lost block from the generation before, but nothing that was removed on purpose', async () => {
    const { folder, series } = admit(small);
    await series.put(makeBars('1d', Date.UTC(2024, 5, 1), 2), PROVENANCE);
    const june = { start: Date.UTC(2024, 5, 1), end: Date.UTC(2024, 6, 1) };
    await series.put(pickRows(SMALL, []), PROVENANCE, { replace: june, allowShrink: true });
    const [block] = blocks();
    writeFileSync(path.join(folder, DATA), flip(readFileSync(path.join(folder, DATA)), (block?.offset ?? 0) + 30, 1));
    await series.put(makeBars('1d', Date.UTC(2024, 7, 1), 1), PROVENANCE);
    expect(listRows(await series.read())).toEqual([
      ...listRows(SMALL),
      ...listRows(makeBars('1d', Date.UTC(2024, 7, 1), 1)),
    ]);
    expect((await series.verify()).damaged).toEqual([]);
  });

  it('keeps who every tick came from', async () => {
    const cache = mkdtempSync(path.join(root, 'ticks-'));
    const series = openStore(cache).series('A', 'ticks');
    const at = (day: number, ms: number): number => Date.UTC(2024, 0, day) + ms;
    const ticks = (...time: number[]): Bars => ({
      time: Float64Array.from(time),
      columns: ['price'],
      values: [Float64Array.from(time)],
    });
    await series.put(ticks(at(1, 0), at(1, 2000), at(2, 0)), { ...PROVENANCE, provider: 'a' });
    await series.put(ticks(at(1, 500), at(1, 2500)), { ...PROVENANCE, provider: 'b' });
    const ranges = async (): Promise<unknown> =>
      (await series.years())[0]?.sidecar?.provenance.filter((range) => range.from < '2024-01-02');
    const before = await ranges();
    expect(before).toHaveLength(4);
    const file = path.join(cache, 'A', 'ticks', DATA);
    const bytes = readFileSync(file);
    writeFileSync(file, flip(bytes, bytes.length - 12, 0));
    expect((await series.put(ticks(at(3, 0)), PROVENANCE)).repaired).toHaveLength(1);
    expect(await ranges()).toEqual(before);
  });
});

function assertQuarantined(cache: string, files: Record<string, Buffer>): void {
  const quarantine = path.join(cache, '_almanac', 'quarantine');
  const [id, ...others] = readdirSync(quarantine);
  expect(others).toEqual([]);
  const manifest = JSON.parse(readFileSync(path.join(quarantine, id as string, 'manifest.json'), 'utf8'));
  expect(manifest).toMatchObject({
    schemaVersion: 1,
    id,
    from: expect.stringMatching(/^A\//),
    reason: expect.any(String),
  });
  for (const [name, bytes] of Object.entries(files))
    expect(readFileSync(path.join(quarantine, id as string, name))).toEqual(bytes);
}

it('a damaged header ends the reader, and not its program, whichever block comes first', () => {
  const { cache, folder } = admit(small);
  const [first] = JSON.parse(original(small, SIDECAR).toString()).blocks;
  writeFileSync(path.join(folder, DATA), flip(original(small, DATA), 12, 1));
  const script = path.resolve('test/support/read-slowly.js');
  const words = [script, cache, 'A', '1d', String(first.offset)];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'STORE_DAMAGED\n', stderr: '' });
});
