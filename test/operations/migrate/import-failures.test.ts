import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { importFailures, isFailureRegistry } from '../../../src/operations/migrate/import-failures.js';
import { openTree } from '../../../src/operations/migrate/open-tree.js';
import { openChecksumRegistry } from '../../../src/store/checksums/open-registry.js';
import { nodeFiles } from '../../../src/store/files/node-files.js';
import { temporaryFolder } from '../../support/temp-folder.js';

const root = temporaryFolder();
const A = 'a'.repeat(64);
const B = 'B'.repeat(64);
const failure = (rest: object) => ({
  ...{ symbol: 'BTCUSDT', interval: '1h', date: '2024-01-02', expected_checksum: A, actual_checksum: B },
  ...{ timestamp: '2024-02-01T10:00:00.123456', action_taken: 'skipped', ...rest },
});

it('takes what an old tool wrote down, a file once, and nothing the second time', async () => {
  mkdirSync(path.join(root, 'logs', 'checksum_failures'), { recursive: true });
  const at = 'logs/checksum_failures/registry.json';
  const records = [
    failure({}),
    failure({ timestamp: '2024-02-01T10:00:01', action_taken: 'cached_anyway' }),
    failure({ date: '2024-01-03', expected_checksum: 'unknown', actual_checksum: 'error', action_taken: 'error: 404' }),
    failure({ date: 'yesterday' }),
    failure({ interval: '7h' }),
  ];
  writeFileSync(path.join(root, at), JSON.stringify(records));
  const tree = openTree(root, { files: nodeFiles });
  const registry = openChecksumRegistry(path.join(root, 'market'));
  expect(isFailureRegistry(at)).toBe(true);
  expect(await importFailures(at, tree, registry, true)).toEqual({ path: at, records: 5, added: 2, refused: 2 });
  expect((await registry.read()).failures).toEqual([]);
  await importFailures(at, tree, registry, false);
  const { failures } = await registry.read();
  expect(failures).toMatchObject([
    {
      ...{ symbol: 'BTCUSDT', interval: '1h', date: '2024-01-02', provider: 'binance', via: 'archive-day', count: 1 },
      ...{ expected_checksum: A, actual_checksum: B.toLowerCase(), stored_checksums: [B.toLowerCase()] },
      ...{ action_taken: 'proceeded', first_seen: '2024-02-01T10:00:00.123Z', timestamp: '2024-02-01T10:00:01Z' },
    },
    { date: '2024-01-03', expected_checksum: '', actual_checksum: '', action_taken: 'fell_back' },
  ]);
  const bytes = readFileSync(registry.file, 'utf8');
  expect(await importFailures(at, tree, registry, false)).toMatchObject({ added: 0 });
  expect(readFileSync(registry.file, 'utf8')).toBe(bytes);
});
