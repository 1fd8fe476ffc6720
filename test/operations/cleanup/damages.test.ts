import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup } from '../../../src/operations/cleanup/cleanup.js';
import { createContext } from '../../../src/store/open-store.js';
import { restore } from '../../../src/store/upkeep/restore.js';
import { hashYears } from '../../support/file-hashes.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import {
  bytesAt,
  copyOf,
  DAMAGES,
  type Damage,
  dice,
  fetchAgain,
  rowsOfCache,
  writeTruth,
  yearsOf,
} from './damaged-cache.js';

const root = temporaryFolder();
const template = path.join(root, 'template');
const NOW = Date.UTC(2024, 6, 1);
const CASES = 50;
const A_CASE = 4;
const AT_ONCE = 25;
const KINDS = Object.keys(DAMAGES);
let truth: ReadonlySet<string>;
let undamaged: Record<string, string>;
const done = new Map<string, number>();

beforeAll(async () => {
  await writeTruth(template);
  truth = await rowsOfCache(template);
  undamaged = hashYears(template);
});

const contextOf = (cache: string) => createContext(cache, { now: () => NOW });

/** Four damages of different kinds to one cache, each to years of its own. */
function hurt(cache: string, seed: number): Damage[] {
  const roll = dice(seed);
  const years = yearsOf(cache);
  return Array.from({ length: A_CASE }, (_, i) => {
    const kind = KINDS[((seed * A_CASE + i) * 7) % KINDS.length] as string;
    done.set(kind, (done.get(kind) ?? 0) + 1);
    return (DAMAGES[kind] as NonNullable<(typeof DAMAGES)[string]>)(cache, years, roll);
  });
}

async function assertMended(seed: number): Promise<void> {
  const cache = copyOf(template, root);
  const damages = hurt(cache, seed);
  const what = `seed ${seed}: ${damages.map((each) => each.what).join('; ')}`;
  const told = (value: unknown): unknown => ({ what, value });
  const files = Object.assign({}, ...damages.map((each) => each.hurt)) as Record<string, Buffer | undefined>;

  const { findings } = await cleanup(contextOf(cache), { mode: 'validate' });
  const places = damages.flatMap((each) => each.places);
  const missed = places.filter((place) => !findings.some((each) => each.path.startsWith(place)));
  expect(told(missed)).toEqual(told([]));
  const invented = findings.filter((each) => !places.some((place) => each.path.startsWith(place)));
  expect(told(invented)).toEqual(told([]));
  const touched = Object.keys(files).filter((name) => !same(bytesAt(cache, name), files[name]));
  expect(told(touched)).toEqual(told([]));

  const { left } = await cleanup(contextOf(cache), { mode: 'act' });
  expect(told(left)).toEqual(told([]));
  const again = await cleanup(contextOf(cache), { mode: 'validate' });
  expect(told(again.findings)).toEqual(told([]));

  const rows = await rowsOfCache(cache);
  expect(told([...rows].filter((row) => !truth.has(row)))).toEqual(told([]));
  const mayLose = (row: string): boolean => damages.some((each) => each.mayLose(row));
  expect(told([...truth].filter((row) => !rows.has(row) && !mayLose(row)))).toEqual(told([]));

  await assertRoundTrip(copyOf(cache, root), files, told);
  await fetchAgain(cache);
  expect(told(hashYears(cache))).toEqual(told(undamaged));
}

/** Everything comes back from quarantine, and every hurt file is then as it was found, to the byte. */
async function assertRoundTrip(
  cache: string,
  files: Readonly<Record<string, Buffer | undefined>>,
  told: (value: unknown) => unknown,
): Promise<void> {
  for (const id of idsIn(path.join(cache, '_almanac', 'quarantine')))
    await restore(contextOf(cache), id, { force: true });
  const wrong = Object.keys(files).filter((name) => !same(bytesAt(cache, name), files[name]));
  expect(told(wrong)).toEqual(told([]));
}

function idsIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
}

function same(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.equals(b);
}

describe('200 random damages', () => {
  const groups = Array.from({ length: CASES / AT_ONCE }, (_, group) => group * AT_ONCE + 1);
  it.each(groups)(
    'from seed %i on: found, sound blocks kept, restorable to the byte, and fetched again the cache is as it was',
    async (first) => {
      await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => assertMended(first + i)));
    },
    60_000,
  );

  afterAll(() => {
    const total = [...done.values()].reduce((sum, count) => sum + count, 0);
    if (total < 200 || done.size < KINDS.length) throw new Error(`only ${total} damages of ${done.size} kinds`);
  });
});
