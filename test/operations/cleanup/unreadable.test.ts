import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { cleanup } from '../../../src/operations/cleanup/cleanup.js';
import { createContext } from '../../../src/store/open-store.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { unreadableFiles } from '../../support/unreadable-files.js';
import { copyOf, writeTruth } from './damaged-cache.js';

const root = temporaryFolder();
const template = path.join(root, 'template');
const NOW = Date.UTC(2024, 6, 1);
let cache: string;

beforeEach(async () => {
  if (!existsSync(template)) await writeTruth(template);
  cache = copyOf(template, root);
});

const at = (name: string): string => path.join(cache, ...name.split('/'));
const contextOf = (refused?: string, code = 'EACCES') =>
  createContext(
    cache,
    refused === undefined ? { now: () => NOW } : { now: () => NOW, files: unreadableFiles(at(refused), code) },
  );

/** Damage elsewhere: another series, and another year of the same one. */
function hurtOthers(): void {
  rmSync(at('B/1h/2024.metadata.json'));
  const name = at('A/1d/2023.csv.gz');
  const bytes = readFileSync(name);
  bytes[bytes.length - 12] = (bytes[bytes.length - 12] as number) ^ 1;
  writeFileSync(name, bytes);
}

function putFolder(name: string): void {
  rmSync(at(name), { force: true });
  mkdirSync(at(name));
}

const OTHERS = ['A/1d/2023.csv.gz', 'B/1h/2024.metadata.json'];

describe('what cannot be read is a finding, and everything else is judged and mended', () => {
  it.each([
    ['a year-file this user may not read', 'A/1d/2024.csv.gz', 'EACCES'],
    ['a year-file on a failing disk', 'A/1d/2024.csv.gz', 'EIO'],
    ['a sidecar this user may not read', 'A/1d/2024.metadata.json', 'EACCES'],
    ['a folder of a series', 'C/ticks', 'EACCES'],
    ['a folder of a symbol', 'C', 'EACCES'],
    ['the folder of quarantine', '_almanac/quarantine', 'EACCES'],
    ['a document of the cache', 'validate-metadata.json', 'EIO'],
  ])('%s', async (_, refused, code) => {
    hurtOthers();
    const { findings, left, acted } = await cleanup(contextOf(refused, code), { mode: 'validate' });
    expect({ left, acted }).toEqual({ left: [], acted: undefined });
    expect(findings.filter(({ check }) => check !== 'unreadable').map((each) => each.path)).toEqual(OTHERS);
    expect(findings.filter(({ check }) => check === 'unreadable')).toEqual([
      expect.objectContaining({ path: refused, action: 'none', detail: expect.stringContaining(`(${code})`) }),
    ]);
    // Quarantine that cannot be read is nowhere to put anything either.
    if (refused.startsWith('_almanac')) return;
    const both = await cleanup(contextOf(refused, code), { mode: 'both' });
    expect(both.acted).toMatchObject({ repaired: 2 });
    expect(both.left.map(({ finding }) => finding.path)).toEqual([refused]);
    // Once it can be read, what was never looked at turns out to be sound.
    expect((await cleanup(contextOf(), { mode: 'validate' })).findings).toEqual([]);
  });

  it.each(['A/1d/2024.metadata.json', 'A/1d/2024.csv.gz', 'validate-metadata.json'])(
    'a folder in the place of %s',
    async (name) => {
      hurtOthers();
      putFolder(name);
      const { acted, left, findings } = await cleanup(contextOf(), { mode: 'both' });
      expect(findings).toContainEqual(
        expect.objectContaining({ path: name, check: 'unreadable', detail: expect.stringContaining('it is a folder') }),
      );
      expect(acted).toMatchObject({ repaired: 2 });
      expect(left.map(({ finding }) => finding.path)).toEqual([name]);
      // An audit by blocks meets it too.
      const audit = await cleanup(contextOf(), { mode: 'validate', sample: { percent: 100 } });
      expect(audit.findings.map((each) => each.path)).toEqual([name]);
    },
  );

  it('the cache itself is more than a file', async () => {
    const folder = createContext(cache, { files: unreadableFiles(cache, 'EACCES') });
    await expect(cleanup(folder, { mode: 'both' })).rejects.toMatchObject({ code: 'EACCES', path: cache });
    const files = unreadableFiles(at('_almanac/.lock'), 'EIO');
    await expect(cleanup(createContext(cache, { files }), { mode: 'both' })).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
    });
  });
});
