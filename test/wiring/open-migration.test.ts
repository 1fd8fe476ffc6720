import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import type { LoadedSettings } from '../../src/settings/settings.js';
import { openMigration } from '../../src/wiring/open-migration.js';
import { temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
for (const folder of ['old/ohlcv', 'older', 'market/BTCUSDT']) mkdirSync(path.join(root, folder), { recursive: true });
symlinkSync(path.join(root, 'old'), path.join(root, 'link'));

function open(from: string, cache: string) {
  const loaded = { settings: {}, cacheFolder: path.join(root, cache) } as LoadedSettings;
  const parts = { from: path.join(root, from), loaded, now: 0, signal: new AbortController().signal };
  return openMigration({ ...parts, report: () => undefined });
}

it.each([
  ['old', 'old', /is the cache itself/],
  ['old/ohlcv', 'old', /lies in the cache/],
  ['old', 'old/market', /holds the cache/],
  ['old', 'old/..market', /holds the cache/],
  ['old', 'old/ohlcv', /holds the cache/],
  ['old', 'link/market', /holds the cache/],
  ['link', 'old/market', /holds the cache/],
])('the old cache and the cache must not lie in one another: %s, %s', async (from, cache, message) => {
  await expect(open(from, cache)).rejects.toMatchObject({ code: 'USAGE', message: expect.stringMatching(message) });
  expect(existsSync(path.join(root, 'old', 'market'))).toBe(false);
});

it.each([
  ['old', 'market'],
  ['old', 'older'],
  ['older', 'old'],
])('beside one another they may: %s, %s', async (from, cache) => {
  expect((await open(from, cache)).cache).toBe(path.join(root, cache));
});
