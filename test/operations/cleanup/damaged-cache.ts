import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Bars } from '../../../src/market/bars.js';
import type { Timeframe } from '../../../src/market/timeframe.js';
import { openStore } from '../../../src/store/open-store.js';
import { listRows, makeBars, PROVENANCE, pickRows } from '../../support/make-bars.js';

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** What a cache holds by right: symbols that share neither prices nor days, so that no row passes for another's. */
const TRUTH: readonly { readonly symbol: string; readonly timeframe: Timeframe; readonly bars: Bars }[] = [
  { symbol: 'A', timeframe: '1d', bars: shift(makeBars('1d', Date.UTC(2023, 9, 1), 200), 1) },
  { symbol: 'B', timeframe: '1d', bars: shift(makeBars('1d', Date.UTC(2023, 10, 1), 150), 1000) },
  { symbol: 'B', timeframe: '1h', bars: shift(makeBars('1h', Date.UTC(2024, 0, 20), 24 * 30), 2000) },
  { symbol: 'C', timeframe: 'ticks', bars: shift(makeBars('1h', Date.UTC(2024, 0, 1), 96, ['price', 'size']), 3000) },
];

/** Values that no other series has, in an order that bars can have: `makeBars` gives each column one more than the last. */
function shift(bars: Bars, by: number): Bars {
  const order = bars.columns.length === 2 ? [0, 1] : [1, 3, 0, 2, 4];
  return { ...bars, values: order.map((c) => (bars.values[c] as Float64Array).map((value) => value + by)) };
}

/** Written in two goes, so that there is a generation before. */
export async function writeTruth(cache: string): Promise<void> {
  for (const { symbol, timeframe, bars } of TRUTH) {
    const series = openStore(cache).series(symbol, timeframe);
    const rows = bars.time.length;
    await series.put(pickRows(bars, range(0, rows - 10)), PROVENANCE);
    await series.put(pickRows(bars, range(rows - 10, rows)), { ...PROVENANCE, provider: 'later' });
  }
}

export async function fetchAgain(cache: string): Promise<void> {
  for (const { symbol, timeframe, bars } of TRUTH)
    await openStore(cache).series(symbol, timeframe).put(bars, PROVENANCE);
}

export async function rowsOfCache(cache: string): Promise<Set<string>> {
  const all = new Set<string>();
  for (const { symbol, timeframe } of TRUTH) {
    const bars = await openStore(cache).series(symbol, timeframe).read();
    for (const row of listRows(bars)) all.add(`${symbol} ${timeframe} ${row.join()}`);
  }
  return all;
}

/** A repeatable dice: a failure names its seed. */
export function dice(seed: number): (below: number) => number {
  let state = seed * 2654435761;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The years of a cache, as `A/1d/2024`. */
export function yearsOf(cache: string): string[] {
  return readdirSync(cache, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^[^_.][^/]*\/[^/]+\/\d{4}\.csv\.gz$/.test(name))
    .map((name) => name.replace('.csv.gz', ''))
    .sort();
}

export interface Damage {
  readonly what: string;
  /** How the paths begin under one of which it must be found. */
  readonly places: readonly string[];
  /** Files that are not what they were, from the cache's root; undefined is gone. */
  readonly hurt: Readonly<Record<string, Buffer | undefined>>;
  /** Rows that may be lost: those of the blocks that were hit. */
  readonly mayLose: (row: string) => boolean;
}

type Hurt = (cache: string, years: string[], roll: (below: number) => number) => Damage;

const take = (years: string[], roll: (below: number) => number): string =>
  years.splice(roll(years.length), 1)[0] as string;

const nothing = (): boolean => false;

/** Overwrites the data; only rows of blocks whose bytes are not what they were may be lost. */
function data(change: (bytes: Buffer, roll: (below: number) => number) => Buffer): Hurt {
  return (cache, years, roll) => {
    const year = take(years, roll);
    const file = path.join(cache, `${year}.csv.gz`);
    const before = readFileSync(file);
    const after = change(Buffer.from(before), roll);
    writeFileSync(file, after);
    const { blocks } = JSON.parse(readFileSync(path.join(cache, `${year}.metadata.json`), 'utf8'));
    const hit = (blocks as { period: string; offset: number; length: number }[])
      .filter(({ offset, length }) => !after.includes(before.subarray(offset, offset + length)))
      .map(({ period }) => period);
    const [symbol, timeframe] = year.split('/');
    return {
      what: `data of ${year}`,
      places: [`${year}.`],
      hurt: { [`${year}.csv.gz`]: after },
      mayLose: (row) => {
        const [s, t, cells] = row.split(' ') as [string, string, string];
        const at = new Date(Number(cells.split(',')[0])).toISOString();
        return s === symbol && t === timeframe && hit.some((period) => at.startsWith(period));
      },
    };
  };
}

/** The same text in other bytes: nothing is lost. */
function recompress(press: (members: readonly Buffer[], text: Buffer) => Buffer): Hurt {
  return (cache, years, roll) => {
    const year = take(years, roll);
    const name = `${year}.csv.gz`;
    const bytes = readFileSync(path.join(cache, name));
    const { file, blocks } = JSON.parse(readFileSync(path.join(cache, `${year}.metadata.json`), 'utf8'));
    const ends = [
      file.headerBytes,
      ...blocks.map((block: { offset: number; length: number }) => block.offset + block.length),
    ];
    const members = ends.map((end: number, i: number) => bytes.subarray(i === 0 ? 0 : ends[i - 1], end));
    const after = press(members, gunzipSync(bytes));
    writeFileSync(path.join(cache, name), after);
    return { what: `compression of ${year}`, places: [`${year}.`], hurt: { [name]: after }, mayLose: nothing };
  };
}

function sidecar(change: (bytes: Buffer, roll: (below: number) => number) => Buffer | undefined): Hurt {
  return (cache, years, roll) => {
    const year = take(years, roll);
    const name = `${year}.metadata.json`;
    const after = change(readFileSync(path.join(cache, name)), roll);
    if (after === undefined) rmSync(path.join(cache, name));
    else writeFileSync(path.join(cache, name), after);
    return { what: `sidecar of ${year}`, places: [`${year}.`], hurt: { [name]: after }, mayLose: nothing };
  };
}

const edit = (change: (document: Record<string, never>, roll: (below: number) => number) => void): Hurt =>
  sidecar((bytes, roll) => {
    const document = JSON.parse(bytes.toString());
    change(document, roll);
    return Buffer.from(JSON.stringify(document, null, 1));
  });

/** Exchanges files between two years of the cache; nothing is lost, for all of it is there. */
function swap(...endings: string[]): Hurt {
  return (cache, years, roll) => {
    const [year, other] = [take(years, roll), take(years, roll)];
    const hurt: Record<string, Buffer> = {};
    for (const ending of endings) {
      const [a, b] = [`${year}.${ending}`, `${other}.${ending}`];
      const [mine, its] = [readFileSync(path.join(cache, a)), readFileSync(path.join(cache, b))];
      writeFileSync(path.join(cache, a), its);
      writeFileSync(path.join(cache, b), mine);
      hurt[a] = its;
      hurt[b] = mine;
    }
    const places = [`${year}.`, `${other}.`];
    return { what: `${endings.join(' and ')} of ${year} and ${other}`, places, hurt, mayLose: nothing };
  };
}

const temporary =
  (role: string): Hurt =>
  (cache, years, roll) => {
    const year = years[roll(years.length)] as string;
    const name = `.${path.basename(year)}.${roll(2 ** 30)
      .toString(16)
      .padStart(24, '0')}.${role}.tmp`;
    writeFileSync(path.join(cache, path.dirname(year), name), 'never published');
    return {
      what: `${role}.tmp beside ${year}`,
      places: [`${path.dirname(year)}/${name}`],
      hurt: {},
      mayLose: nothing,
    };
  };

export const DAMAGES: Readonly<Record<string, Hurt>> = {
  'a flipped bit': data((bytes, roll) => {
    const at = roll(bytes.length);
    bytes[at] = (bytes[at] as number) ^ (1 << roll(8));
    return bytes;
  }),
  'five flipped bits': data((bytes, roll) => {
    for (let i = 0; i < 5; i++) {
      const at = roll(bytes.length);
      bytes[at] = (bytes[at] as number) ^ (1 << roll(8));
    }
    return bytes;
  }),
  'a cut end': data((bytes, roll) => bytes.subarray(0, roll(bytes.length))),
  'a lost beginning': data((bytes, roll) => bytes.subarray(1 + roll(bytes.length - 1))),
  'zeros in the middle': data((bytes, roll) => {
    const at = roll(bytes.length);
    return bytes.fill(0, at, at + 1 + roll(bytes.length - at));
  }),
  'zeros at the end': data((bytes, roll) => Buffer.concat([bytes, Buffer.alloc(1 + roll(4096))])),
  'bytes put in': data((bytes, roll) => {
    const at = roll(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from('junk'), bytes.subarray(at)]);
  }),
  'a year compressed anew': recompress((_, text) => gzipSync(text, { level: 9 })),
  'a year compressed anew, block by block': recompress((members) =>
    Buffer.concat(members.map((member) => gzipSync(gunzipSync(member), { level: 9 }))),
  ),
  'a deleted sidecar': sidecar(() => undefined),
  'an empty sidecar': sidecar(() => Buffer.alloc(0)),
  'a sidecar of zeros': sidecar((bytes) => Buffer.alloc(bytes.length)),
  'a cut sidecar': sidecar((bytes, roll) => bytes.subarray(0, roll(bytes.length - 1))),
  'a sidecar with a flipped bit': sidecar((bytes, roll) => {
    // Not in the version: what reads as newer cannot be told from a newer program's file, and is left alone.
    const at = 30 + roll(bytes.length - 30);
    const hurt = Buffer.from(bytes);
    hurt[at] = (hurt[at] as number) ^ (1 << roll(7));
    return hurt;
  }),
  'an edited count': edit((document) => Object.assign(document, { rows: 7 })),
  'edited hashes': edit((document) => {
    for (const block of document.blocks as { sha256: string }[]) block.sha256 = '0'.repeat(64);
  }),
  'an edited provenance': edit((document) => Object.assign(document, { provenance: [] })),
  'swapped data': swap('csv.gz'),
  'swapped sidecars': swap('metadata.json'),
  'swapped years': swap('csv.gz', 'metadata.json'),
  'a stale data file': temporary('data'),
  'a stale sidecar': temporary('sidecar'),
};

export function copyOf(template: string, root: string): string {
  const copy = mkdtempSync(path.join(root, 'case-'));
  cpSync(template, copy, { recursive: true });
  return copy;
}

export function bytesAt(cache: string, name: string): Buffer | undefined {
  const target = path.join(cache, name);
  return existsSync(target) ? readFileSync(target) : undefined;
}
