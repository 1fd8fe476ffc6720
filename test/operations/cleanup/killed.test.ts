import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup } from '../../../src/operations/cleanup/cleanup.js';
import { nodeFiles } from '../../../src/store/files/node-files.js';
import { createContext } from '../../../src/store/open-store.js';
import { listQuarantine } from '../../../src/store/upkeep/list-quarantine.js';
import { restore } from '../../../src/store/upkeep/restore.js';
import { dyingFiles } from '../../support/dying-files.js';
import { hashYears } from '../../support/file-hashes.js';
import { listTree, temporaryFolder } from '../../support/temp-folder.js';
import { copyOf, writeTruth } from './damaged-cache.js';

const root = temporaryFolder();
const template = path.join(root, 'template');
const AT_ONCE = 16;
const NOW = Date.UTC(2024, 6, 1);
/** A bit in the data, two sidecars exchanged, one that is gone, and what a dead writer left. */
const HURT = ['A/1d/2024.csv.gz', 'B/1d/2023.metadata.json', 'B/1d/2024.metadata.json'];
let hurtHashes: string[];
let end: Record<string, string>;

const contextOf = (cache: string, files = nodeFiles) =>
  createContext(cache, { now: () => NOW, files, lockTimeoutMs: 500 });
const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

beforeAll(async () => {
  await writeTruth(template);
  const at = (name: string): string => path.join(template, name);
  const bytes = readFileSync(at('A/1d/2024.csv.gz'));
  bytes[1000] = (bytes[1000] as number) ^ 4;
  writeFileSync(at('A/1d/2024.csv.gz'), bytes);
  const [one, other] = [readFileSync(at('B/1d/2023.metadata.json')), readFileSync(at('B/1d/2024.metadata.json'))];
  writeFileSync(at('B/1d/2023.metadata.json'), other);
  writeFileSync(at('B/1d/2024.metadata.json'), one);
  rmSync(at('B/1h/2024.metadata.json'));
  writeFileSync(at(`C/ticks/.2024.${'0'.repeat(24)}.data.tmp`), 'x');
  hurtHashes = HURT.map((name) => hashOf(at(name))).sort();
  const whole = copyOf(template, root);
  expect((await cleanup(contextOf(whole), { mode: 'both' })).left).toEqual([]);
  end = hashYears(whole);
});

async function assertSameEnd(cache: string, what: string): Promise<void> {
  const { left } = await cleanup(contextOf(cache), { mode: 'both' });
  expect({ what, left }).toEqual({ what, left: [] });
  expect({ what, years: hashYears(cache) }).toEqual({ what, years: end });
  const { findings } = await cleanup(contextOf(cache), { mode: 'validate' });
  expect({ what, findings }).toEqual({ what, findings: [] });
  expect({ what, temporary: listTree(cache).filter((name) => /^[A-Z].*\.tmp$/.test(name)) }).toEqual({
    what,
    temporary: [],
  });
  const kept = new Set<string>();
  for (const { id, names, manifest } of await listQuarantine(nodeFiles, cache)) {
    expect({ what, id, files: names.length }).toEqual({ what, id, files: manifest?.files.length });
    for (const name of names) kept.add(hashOf(path.join(cache, '_almanac', 'quarantine', id, name)));
  }
  expect({ what, lost: hurtHashes.filter((hash) => !kept.has(hash)) }).toEqual({ what, lost: [] });
}

async function dyingAtEach(run: (cache: string, at: number) => Promise<number>): Promise<number> {
  for (let first = 1; ; first += AT_ONCE) {
    const reached = await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, i) => {
        const cache = copyOf(template, root);
        const changes = await run(cache, first + i);
        await assertSameEnd(cache, `killed at change ${first + i}`);
        return changes >= first + i;
      }),
    );
    if (!reached.every(Boolean)) return first + AT_ONCE - 1;
  }
}

describe('acting on a report', () => {
  it('killed at every change to the disk and run again ends the same', async () => {
    const deaths = await dyingAtEach(async (cache, at) => {
      const { files, changes } = dyingFiles(at);
      await cleanup(contextOf(cache), { mode: 'validate' });
      await cleanup(contextOf(cache, files), { mode: 'act' }).catch(() => undefined);
      return changes();
    });
    expect(deaths).toBeGreaterThan(40);
  }, 120_000);
});

describe('restoring', () => {
  it('killed at every change to the disk and run again brings everything back', async () => {
    const mended = copyOf(template, root);
    await cleanup(contextOf(mended), { mode: 'both' });
    const { id } = (await listQuarantine(nodeFiles, mended)).find(({ manifest }) => manifest?.from === 'A/1d') as {
      id: string;
    };
    const good = hashOf(path.join(mended, HURT[0] as string));
    let at = 1;
    for (let reached = true; reached; at++) {
      const cache = copyOf(mended, root);
      const { files, changes } = dyingFiles(at);
      await restore(contextOf(cache, files), id, { force: true }).catch(() => undefined);
      reached = changes() >= at;
      if (reached)
        await restore(contextOf(cache), id, { force: true }).catch((error: Error) =>
          expect(error.message).toMatch(/already/),
        );
      expect(hashOf(path.join(cache, HURT[0] as string))).toBe(hashOf(path.join(template, HURT[0] as string)));
      const put = await listQuarantine(nodeFiles, cache);
      const hashes = put.flatMap((item) => item.manifest?.files.map(({ sha256 }) => sha256) ?? []);
      expect(hashes).toContain(good);
    }
    expect(at).toBeGreaterThan(10);
  }, 60_000);
});
