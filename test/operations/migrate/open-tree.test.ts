import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { openTree } from '../../../src/operations/migrate/open-tree.js';
import { readOnlyFiles } from '../../../src/operations/migrate/read-only-files.js';
import { nodeFiles } from '../../../src/store/files/node-files.js';
import { faultyFiles } from '../../support/faulty-files.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { rowsFrom, runMigrate, writeOld } from './migrate-world.js';

const root = temporaryFolder();

it('lists and reads, and says when a file was written', async () => {
  mkdirSync(path.join(root, 'a'));
  writeFileSync(path.join(root, 'a', 'x.csv'), '0123456789');
  utimesSync(path.join(root, 'a', 'x.csv'), 1_700_000_000.25, 1_700_000_000.25);
  symlinkSync(path.join(root, 'a'), path.join(root, 'link'));
  const tree = openTree(root, { files: nodeFiles });
  expect((await tree.list(''))?.map(({ name, kind }) => `${name} ${kind}`).sort()).toEqual(['a folder', 'link other']);
  expect(await tree.list('nowhere')).toBeUndefined();
  const file = await tree.open('a/x.csv');
  expect([file.bytes, file.modified]).toEqual([10, 1_700_000_000_250]);
  expect(Buffer.from(await file.read(7, 100)).toString()).toBe('789');
  expect(await file.read(50, 4)).toHaveLength(0);
  await file.close();
  await expect(tree.open('../outside')).rejects.toThrow('outside');
  await expect(tree.open('link')).rejects.toThrow('no file');
});

it('enters a folder whose name begins with two dots, and leaves by none that is two dots', async () => {
  mkdirSync(path.join(root, '..DOT'));
  writeFileSync(path.join(root, '..DOT', 'x.csv'), '0123456789');
  const tree = openTree(root, { files: nodeFiles });
  expect(await tree.list('..DOT')).toHaveLength(1);
  const file = await tree.open('..DOT/x.csv');
  await file.close();
  for (const below of ['..', '../x', 'a/../../x']) await expect(tree.open(below)).rejects.toThrow('outside');
});

it('has no way of writing', async () => {
  const files = readOnlyFiles(nodeFiles);
  const target = path.join(root, 'new');
  for (const write of [
    () => files.open(target, 'create'),
    () => files.open(target, 'lock'),
    () => files.makeFolder(target),
    () => files.rename(target, target),
    () => files.link(target, target),
    () => files.unlink(target),
    () => files.syncFolder(root),
  ])
    await expect(write()).rejects.toThrow('only read');
});

it('nothing of a whole migration writes below the old folder', async () => {
  const from = path.join(root, 'old');
  const cache = path.join(root, 'new-market');
  writeOld(from, 'a.bars', {
    symbol: 'BTCUSDT',
    timeframe: '1h',
    rows: rowsFrom('2024-01-01T00:00:00Z', 50, 3_600_000),
  });
  const { files, log } = faultyFiles(undefined);
  await runMigrate(from, cache, { files });
  const touching = log.filter((line) => line.includes(`${from}/`) || line.endsWith(from));
  expect(touching.length).toBeGreaterThan(0);
  expect(touching.filter((line) => !/^(open|read|stat|list|size|close|readWhole) /.test(line))).toEqual([]);
});
