import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { moveToQuarantine, quarantine } from '../../../src/store/commit/quarantine.js';
import { nodeFiles } from '../../../src/store/files/node-files.js';
import { quarantineFolder } from '../../../src/store/layout.js';
import { temporaryFolder } from '../../support/temp-folder.js';

const NOW = Date.UTC(2026, 0, 2);
const cache = temporaryFolder();

test('what quarantine holds already under a second name is moved all the same', async () => {
  const folder = path.join(cache, 'BTCUSDT', '1h');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, '2024.csv.gz'), 'bytes');
  const request = { cache, folder, names: ['2024.csv.gz'], reason: 'a test', now: NOW };
  // Linked, and then whoever did it died: the file stands in both places.
  const linked = await quarantine(nodeFiles, request);
  const moved = await moveToQuarantine(nodeFiles, request);
  expect(moved).not.toBe(linked);
  expect(readdirSync(folder)).toEqual([]);
  for (const id of [linked, moved]) {
    expect(readFileSync(path.join(quarantineFolder(cache, id), '2024.csv.gz'), 'utf8')).toBe('bytes');
  }
});

test('a copy that was cut off, where there are no hard links, is not taken for the file', async () => {
  const folder = path.join(cache, 'ETHUSDT', '1h');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, '2024.csv.gz'), 'all of the bytes');
  const request = { cache, folder, names: ['2024.csv.gz'], reason: 'a test', now: NOW };
  const copied: string[] = [];
  const cutOff = async (_: string, to: string): Promise<void> => {
    copied.push(to);
    writeFileSync(to, 'all of');
  };
  await expect(quarantine({ ...nodeFiles, link: cutOff }, request)).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });

  const again = await quarantine(nodeFiles, request);
  expect(readFileSync(path.join(quarantineFolder(cache, again), '2024.csv.gz'), 'utf8')).toBe('all of the bytes');
  expect(readFileSync(copied[0] as string, 'utf8')).toBe('all of');
  expect(await quarantine(nodeFiles, request)).toBe(again);
});
