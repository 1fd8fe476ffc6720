import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Bars } from '../../src/market/bars.js';
import type { Series } from '../../src/store/face.js';
import { openStore } from '../../src/store/open-store.js';
import { EVERY } from '../support/every.js';
import { type FaultPlan, faultyFiles } from '../support/faulty-files.js';
import { temporaryFolder } from '../support/temp-folder.js';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 31, 20);
const PROVENANCE = { provider: 'test', via: 'import', fetchedAt: '2024-06-01T00:00:00Z', derived: false } as const;

function bars(from: number, rows: number): Bars {
  const time = Float64Array.from({ length: rows }, (_, i) => from + i * HOUR);
  return { time, columns: ['open', 'close'], values: [time.map((t) => t / HOUR), time.map((t) => t / HOUR + 0.5)] };
}

const OLD = bars(START, 8); // four hours of January, four of February
const NEW = bars(START + 6 * HOUR, 6); // two that are there, four new in February
const OLD_ROWS = Array.from(OLD.time);
const NEW_ROWS = [...OLD_ROWS, ...Array.from({ length: 4 }, (_, i) => START + (8 + i) * HOUR)];

const root = temporaryFolder();
const AT_ONCE = 8;
const template = path.join(root, 'template');
beforeAll(async () => {
  await openStore(template).series('A', '1h').put(OLD, PROVENANCE);
});

let count = 0;
function fresh(from = template): string {
  const folder = path.join(root, `case-${++count}`);
  cpSync(from, folder, { recursive: true });
  return folder;
}

/** Runs a case for operation 1, 2, 3 and so on, several at a time, until one says that there was no such operation. */
async function atEach(run: (at: number) => Promise<boolean>): Promise<number> {
  let [next, there, ended] = [1, 0, false];
  const work = async (): Promise<void> => {
    while (!ended) {
      const at = next;
      next += EVERY;
      if (await run(at)) there += EVERY;
      else ended = true;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return there;
}

const series = (folder: string, files?: ReturnType<typeof faultyFiles>['files']): Series =>
  openStore(folder, { ...(files && { files }), lockTimeoutMs: 2000 }).series('A', '1h');

/** Old or new and nothing between, proved; and after the next write everything, with nothing left lying about. */
async function assertInvariants(folder: string, acknowledged: boolean): Promise<void> {
  const seen = await series(folder).read();
  const rows = Array.from(seen.time);
  expect([OLD_ROWS, NEW_ROWS]).toContainEqual(rows);
  if (acknowledged) expect(rows).toEqual(NEW_ROWS);
  for (const [i, time] of rows.entries()) expect(seen.values[1]?.[i]).toBe(time / HOUR + 0.5);
  const again = await series(folder).put(NEW, PROVENANCE);
  expect(again.repaired).toEqual([]);
  expect(Array.from((await series(folder).read()).time)).toEqual(NEW_ROWS);
  expect((await series(folder).verify()).damaged).toEqual([]);
  expect(readdirSync(path.join(folder, 'A', '1h')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
}

async function attempt(
  folder: string,
  plan: FaultPlan,
): Promise<{ readonly fired: boolean; readonly acknowledged: boolean; readonly error: unknown }> {
  const faulty = faultyFiles(plan);
  try {
    await series(folder, faulty.files).put(NEW, PROVENANCE);
    return { fired: faulty.fired(), acknowledged: true, error: undefined };
  } catch (error) {
    return { fired: faulty.fired(), acknowledged: false, error };
  }
}

describe('a write that the disk refuses', () => {
  it.each(['ENOSPC', 'EIO', 'EDQUOT', 'EROFS', 'EACCES', 'EMFILE'])(
    '%s at every operation leaves the old bars or the new',
    async (code) => {
      let refused = 0;
      const operations = await atEach(async (at) => {
        const folder = fresh();
        const result = await attempt(folder, { at, fault: { kind: 'errno', code } });
        if (!result.fired) return false;
        if (!result.acknowledged) {
          refused++;
          expect((result.error as { code?: string }).code).toMatch(/^STORE_(FULL|UNUSABLE)$/);
        }
        await assertInvariants(folder, result.acknowledged);
        return true;
      });
      expect(operations).toBeGreaterThan(30);
      expect(refused * EVERY).toBeGreaterThan(20);
    },
  );

  it('short writes are carried on to the last byte', async () => {
    const folder = fresh();
    const faulty = faultyFiles(undefined, { shortWrites: true });
    await series(folder, faulty.files).put(NEW, PROVENANCE);
    expect(faulty.log.filter((line) => line.startsWith('write')).length).toBeGreaterThan(20);
    await assertInvariants(folder, true);
  });
});

describe('a writer that is killed', () => {
  const child = path.resolve('test/support/put-and-die.js');
  async function run(folder: string, at: number, when: string): Promise<number | null> {
    const [status] = await once(spawn(process.execPath, [child, folder, String(at), when]), 'close');
    return status;
  }
  let operations: readonly string[];
  beforeAll(async () => {
    const faulty = faultyFiles(undefined);
    await series(fresh(), faulty.files).put(NEW, PROVENANCE);
    operations = faulty.log;
  });
  /** Where the names of files change; what lies between two of them was not yet published. */
  const publishing = () =>
    operations.flatMap((name, i) => (/^(rename|link|unlink|makeFolder) /.test(name) ? [i + 1] : []));

  it('at every operation, and after what it published: nothing acknowledged is lost', async () => {
    let finished = 0;
    const killed = await atEach(async (at) => {
      const folder = fresh();
      const status = await run(folder, at, 'before');
      await assertInvariants(folder, status === 0);
      if (status === 0) finished++;
      else expect(status).toBe(null);
      return status !== 0;
    });
    // After any other operation the disk is as it is before the next.
    await Promise.all(
      publishing().map(async (at) => {
        const folder = fresh();
        expect(await run(folder, at, 'after')).toBe(null);
        await assertInvariants(folder, false);
      }),
    );
    expect(finished).toBeGreaterThan(0);
    expect(killed).toBeGreaterThan(30);
    expect(killed / EVERY).toBe(Math.ceil(operations.length / EVERY));
    expect(publishing().length).toBeGreaterThan(2);
  }, 120_000);

  it('and whose heir is refused at every operation of the recovery', async () => {
    let faults = 0;
    const torn = operations.flatMap((name, i) => (name.startsWith('rename') ? [i + 1] : []));
    const deaths = torn.flatMap((kill) => ['before', 'after'].map((when) => ({ kill, when })));
    for (const { kill, when } of deaths) {
      const crashed = fresh();
      await run(crashed, kill, when);
      faults += await atEach(async (at) => {
        const folder = fresh(crashed);
        const result = await attempt(folder, { at, fault: { kind: 'errno', code: 'EIO' } });
        if (result.fired) await assertInvariants(folder, result.acknowledged);
        return result.fired;
      });
    }
    expect(faults).toBeGreaterThan(200);
  }, 120_000);
});

describe('the order of a commit', () => {
  it('makes both files durable before the data is renamed, and the sidecar follows', async () => {
    const faulty = faultyFiles(undefined);
    const folder = fresh();
    await series(folder, faulty.files).put(NEW, PROVENANCE);
    const names = faulty.log.map((line) =>
      line.replaceAll(path.join(folder, 'A', '1h'), '').replaceAll(/[0-9a-f]{24}/g, 'TX'),
    );
    const at = (line: string): number => names.lastIndexOf(line);
    const commit = at('rename /.2024.TX.data.tmp -> /2024.csv.gz');
    expect(at('sync /.2024.TX.data.tmp')).toBeLessThan(commit);
    expect(at('sync /.2024.TX.sidecar.tmp')).toBeLessThan(commit);
    expect(names.slice(0, commit)).toContain('syncFolder ');
    expect(at('rename /.2024.TX.sidecar.tmp -> /2024.metadata.json')).toBeGreaterThan(commit);
    expect(at('syncFolder ')).toBeGreaterThan(at('rename /.2024.TX.sidecar.tmp -> /2024.metadata.json'));
    expect(faulty.log.some((line) => line.startsWith('unlink') && !line.endsWith('.tmp'))).toBe(false);
  });
});
