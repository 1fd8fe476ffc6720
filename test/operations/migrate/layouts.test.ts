import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { column } from '../../../src/market/bars.js';
import { loadReaders } from '../../../src/operations/migrate/load-readers.js';
import { openStore } from '../../../src/store/open-store.js';
import { EVERY_LAYOUT } from '../../support/legacy/every-layout.js';
import { writeOldFiles } from '../../support/legacy/old-file.js';
import { listTree, temporaryFolder } from '../../support/temp-folder.js';
import { runMigrate } from './migrate-world.js';

const root = temporaryFolder();

function snapshot(folder: string): Record<string, string> {
  const files = listTree(folder).filter((name) => statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(
    files.map((name) => {
      const file = path.join(folder, name);
      return [name, `${statSync(file).mtimeMs} ${readFileSync(file, 'base64')}`];
    }),
  );
}

describe('an old cache becomes ours', () => {
  it.each(EVERY_LAYOUT.map((cache) => [cache.name, cache] as const))(
    '%s: every row to the last bit, the source as it was, a second run does nothing',
    async (name, { files, symbol, timeframe, provider, truth }) => {
      const from = path.join(root, name.replace(/\W+/g, '-'), 'old');
      const cache = path.join(from, '..', 'market');
      writeOldFiles(from, files);
      const before = snapshot(from);
      const readers = await loadReaders();
      const { series, refused } = await runMigrate(from, cache, { readers });
      expect(refused).toEqual([]);
      expect(series.map((each) => [each.symbol, each.timeframe, each.conflicts])).toEqual([[symbol, timeframe, 0]]);
      expect(new Set(series[0]?.files.map(({ source }) => source.claim.provider))).toEqual(new Set([provider]));
      const stored = await openStore(cache).series(symbol, timeframe).read();
      expect(Array.from(stored.time)).toEqual(Array.from(truth.time));
      for (const name of truth.columns) expect(column(stored, name)).toEqual(column(truth, name));
      expect(snapshot(from)).toEqual(before);
      const ours = snapshot(cache);
      await runMigrate(from, cache, { readers });
      expect(snapshot(cache)).toEqual(ours);
    },
  );
});
