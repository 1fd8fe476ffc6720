import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { yearRange } from '../../../src/market/range.js';
import { closeOf } from '../../../src/market/timeframe.js';
import { describePrunable } from '../../../src/operations/prune/describe-prunable.js';
import type { FilePort } from '../../../src/store/files/file-port.js';
import { createContext, openStore } from '../../../src/store/open-store.js';
import { removeBefore } from '../../../src/store/upkeep/remove-before.js';
import { removeSeries } from '../../../src/store/upkeep/remove-series.js';
import { restore } from '../../../src/store/upkeep/restore.js';
import { type FaultPlan, faultyFiles } from '../../support/faulty-files.js';
import { barsAt, listRows, makeBars, PROVENANCE } from '../../support/make-bars.js';
import { listTree, temporaryFolder } from '../../support/temp-folder.js';

const NAME = { symbol: 'A', timeframe: '3d' } as const;
const START = Date.UTC(2022, 10, 20);
const BARS = makeBars('3d', START, 150); // into February 2024
const BORDER = Date.UTC(2023, 5, 1);
const NOW = { now: () => Date.UTC(2024, 2, 1) };
const root = temporaryFolder();
const template = path.join(root, 'template');

beforeAll(async () => {
  // Twice, so that every year has its previous generation beside it.
  const series = openStore(template).series('A', '3d');
  await series.put(barsAt([...BARS.time].filter((_, i) => i % 2 === 0)), PROVENANCE);
  await series.put(BARS, { ...PROVENANCE, provider: 'other' });
});

function fresh(from = template): string {
  const folder = mkdtempSync(path.join(root, 'case-'));
  cpSync(from, folder, { recursive: true });
  return folder;
}

function hashesBelow(folder: string, name: RegExp): string[] {
  return listTree(folder)
    .filter((each) => name.test(path.basename(each)))
    .map((each) =>
      createHash('sha256')
        .update(readFileSync(path.join(folder, each)))
        .digest('hex'),
    )
    .sort();
}

/** Every file that was there is there still: in its place or in quarantine. */
function expectNothingLost(folder: string): void {
  const there = new Set(hashesBelow(folder, /\.(csv\.gz|json)$/));
  for (const hash of hashesBelow(template, /^\d{4}\.(csv\.gz|metadata\.json)$/)) expect(there).toContain(hash);
}

const rowsFrom = (start: number): number[][] => listRows(BARS).filter(([time]) => (time as number) >= start);
const read = async (folder: string): Promise<number[][]> =>
  listRows(await openStore(folder).series('A', '3d').read({ columns: BARS.columns }));
const ownFiles = (folder: string): string[] => listTree(folder).filter((name) => /^A\/3d\/(?!\.lock$)/.test(name));

type Act = (folder: string, files?: FilePort) => Promise<unknown>;
const remove: Act = (folder, files) => removeSeries(folder, NAME, { ...NOW, ...(files && { files }) });
const prune: Act = async (folder, files) => {
  const { ids, error } = await removeBefore(folder, NAME, BORDER, { ...NOW, ...(files && { files }) });
  if (error !== undefined) throw error;
  return ids;
};

/** Operations that change what is on the disk, or make it durable; between them a kill finds nothing new. */
async function changingOperations(act: Act): Promise<number[]> {
  const faulty = faultyFiles(undefined);
  await act(fresh(), faulty.files);
  return faulty.log.flatMap((name, i) =>
    /^(write|rename|link|unlink|truncate|makeFolder|sync|syncFolder) /.test(name) ? [i + 1] : [],
  );
}

/** What a process that died at this operation leaves behind. */
async function killAt(act: Act, at: number): Promise<string> {
  const folder = fresh();
  await new Promise<void>((resolve, reject) => {
    const die = (): never => {
      resolve();
      return new Promise(() => undefined) as never;
    };
    const plan: FaultPlan = { at, fault: { kind: 'kill', when: 'before' } };
    act(folder, faultyFiles(plan, { die }).files).then(() => reject(new Error(`it ended before ${at}`)), reject);
  });
  // The dead keeps its lock in this process; a copy is another file, and free.
  return fresh(folder);
}

describe('a series that is removed', () => {
  it('is in quarantine whole, with its manifest, and its lock stays', async () => {
    const folder = fresh();
    const id = await remove(folder);
    expect(listTree(path.join(folder, 'A'))).toEqual(['3d', '3d/.lock']);
    const home = path.join(folder, '_almanac', 'quarantine', String(id));
    const manifest = JSON.parse(readFileSync(path.join(home, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ from: 'A/3d', reason: 'removed by cache remove', at: '2024-03-01T00:00:00.000Z' });
    expect(manifest.files.map(({ name }: { name: string }) => name).sort()).toEqual(
      ownFiles(template).map((name) => path.basename(name)),
    );
    expectNothingLost(folder);
    expect(await openStore(folder).list()).toEqual([]);
    expect(await openStore(folder).symbols()).toEqual([]);
  });

  it('is nothing where there is nothing, and leaves what is not Almanac’s', async () => {
    const folder = fresh();
    writeFileSync(path.join(folder, 'A', '3d', 'notes.txt'), 'mine');
    expect(await removeSeries(folder, { symbol: 'B', timeframe: '3d' })).toBeUndefined();
    await remove(folder);
    expect(ownFiles(folder)).toEqual(['A/3d/notes.txt']);
    expect(await remove(folder)).toBeUndefined();
  });

  it('killed at every operation loses nothing, and the second call removes the rest', async () => {
    const operations = await changingOperations(remove);
    expect(operations.length).toBeGreaterThan(15);
    for (const at of operations) {
      const folder = await killAt(remove, at);
      expectNothingLost(folder);
      // What is still in its place can be read, sidecar or no sidecar.
      await openStore(folder).series('A', '3d').read();
      await remove(folder);
      expect(ownFiles(folder)).toEqual([]);
      expectNothingLost(folder);
    }
  });
});

describe('what was removed', () => {
  const years = (folder: string) => hashesBelow(path.join(folder, 'A'), /^\d{4}\./);

  it('comes back to the byte', async () => {
    const folder = fresh();
    await restore(createContext(folder), String(await remove(folder)), { force: false });
    expect(years(folder)).toEqual(years(template));
  });

  it('comes back once, however many ask for it at once', async () => {
    const folder = fresh();
    const id = String(await remove(folder));
    const asked = [1, 2, 3].map(() => restore(createContext(folder), id, { force: true }));
    const ended = await Promise.allSettled(asked);
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of ended)
      if (each.status === 'rejected')
        expect(each.reason).toMatchObject({ code: 'USAGE', message: `${id} was restored already` });
    expect(years(folder)).toEqual(years(template));
  });

  it('comes back to the byte where it was cut, over what stayed of that year', async () => {
    const folder = fresh();
    const { ids, cut } = await removeBefore(folder, NAME, BORDER, NOW);
    for (const id of ids) await restore(createContext(folder), id, { force: id === cut });
    expect(years(folder)).toEqual(years(template));
  });
});

describe('a series whose beginning is removed', () => {
  it('keeps whole blocks from the border on, their bytes and their origin', async () => {
    const folder = fresh();
    const before = await openStore(folder).series('A', '3d').years();
    const { ids, cut, error } = await removeBefore(folder, NAME, BORDER, NOW);
    expect([ids.length, ids[1], error]).toEqual([2, cut, undefined]);
    expect(await read(folder)).toEqual(rowsFrom(BORDER));
    const after = await openStore(folder).series('A', '3d').years();
    expect(after.map(({ year, state }) => [year, state])).toEqual([
      [2023, 'sound'],
      [2024, 'sound'],
    ]);
    const hashes = (years: typeof after) =>
      years.flatMap(({ sidecar }) => sidecar?.blocks ?? []).map(({ period, sha256 }) => `${period} ${sha256}`);
    expect(hashes(after)).toEqual(hashes(before).filter((each) => each >= '2023-06'));
    const [cutYear] = after;
    const rows = cutYear?.sidecar?.provenance.reduce((sum, range) => sum + range.rows, 0);
    expect(rows).toBe(cutYear?.sidecar?.rows);
    expect((await openStore(folder).series('A', '3d').verify()).damaged).toEqual([]);
    expectNothingLost(folder);
    // A second name of the old year would keep its room taken after a purge.
    expect(ownFiles(folder).filter((name) => name.includes('.2023.'))).toEqual([]);
  });

  it('a second time does nothing', async () => {
    const folder = fresh();
    await prune(folder);
    const tree = listTree(folder);
    expect(await prune(folder)).toEqual([]);
    expect(listTree(folder)).toEqual(tree);
  });

  it('of which nothing is left goes whole', async () => {
    const folder = fresh();
    const end = closeOf('3d', BARS.time.at(-1) as number);
    await removeBefore(folder, NAME, Date.UTC(2024, 2, 1), NOW);
    expect([end < Date.UTC(2024, 2, 1), ownFiles(folder)]).toEqual([true, []]);
    expectNothingLost(folder);
  });

  it('leaves a year that lost its sidecar until all of it is old', async () => {
    const folder = fresh();
    writeFileSync(path.join(folder, 'A', '3d', '2023.metadata.json'), 'garbled');
    await prune(folder);
    expect(await read(folder)).toEqual(rowsFrom(Date.UTC(2023, 0, 1)));
  });

  it.each([2022, 2023])('leaves %i alone where it is of a newer format', async (year) => {
    const folder = fresh();
    const names = [`${year}.csv.gz`, `${year}.metadata.json`].map((name) => path.join(folder, 'A', '3d', name));
    const [data, sidecar] = names as [string, string];
    writeFileSync(sidecar, JSON.stringify({ schemaVersion: 2 }));
    const before = names.map((name) => readFileSync(name));
    const { error } = await removeBefore(folder, NAME, BORDER, NOW);
    expect(error).toBeUndefined();
    expect(names.map((name) => readFileSync(name))).toEqual(before);
    expect(ownFiles(folder).includes('A/3d/2022.csv.gz')).toBe(data.includes('2022'));
    const left = await describePrunable(openStore(folder).series('A', '3d'));
    expect(
      left.pieces.some(({ range }) => range.start < yearRange(year).end && range.end > yearRange(year).start),
    ).toBe(false);
  });

  it('says that a block it would copy is damaged, and leaves the year as it was', async () => {
    const folder = fresh();
    const file = path.join(folder, 'A', '3d', '2023.csv.gz');
    const bytes = readFileSync(file);
    bytes[bytes.length - 40] = (bytes[bytes.length - 40] as number) ^ 1;
    writeFileSync(file, bytes);
    const { ids, error } = await removeBefore(folder, NAME, BORDER, NOW);
    expect(error).toMatchObject({ code: 'STORE_DAMAGED', suggestions: ['almanac cache cleanup'] });
    expect(ids).toHaveLength(1);
    expect(readFileSync(file)).toEqual(bytes);
  });

  it('killed at every operation loses nothing and has no hole, and the second call ends it', async () => {
    const operations = await changingOperations(prune);
    expect(operations.length).toBeGreaterThan(40);
    for (const at of operations) {
      const folder = await killAt(prune, at);
      expectNothingLost(folder);
      const rows = await read(folder);
      expect(rows).toEqual(rowsFrom(rows[0]?.[0] as number));
      expect(rows[0]?.[0]).toBeLessThanOrEqual(BORDER);
      await prune(folder);
      expect(await read(folder)).toEqual(rowsFrom(BORDER));
      expectNothingLost(folder);
      expect(ownFiles(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    }
  });

  it('killed anywhere can be removed as well', async () => {
    for (const at of (await changingOperations(prune)).filter((_, i) => i % 5 === 0)) {
      const folder = await killAt(prune, at);
      await remove(folder);
      expect(ownFiles(folder)).toEqual([]);
      expectNothingLost(folder);
    }
  });

  it('refused by the disk at every other operation loses nothing', async () => {
    for (const at of (await changingOperations(prune)).filter((_, i) => i % 2 === 0)) {
      const folder = fresh();
      const faulty = faultyFiles({ at, fault: { kind: 'errno', code: 'EIO' } });
      const error: unknown = await prune(folder, faulty.files).catch((thrown: unknown) => thrown);
      expect(faulty.fired()).toBe(true);
      if (error instanceof Error) expect(error).toMatchObject({ code: 'STORE_UNUSABLE' });
      expectNothingLost(folder);
      await prune(folder);
      expect(await read(folder)).toEqual(rowsFrom(BORDER));
    }
  });
});
