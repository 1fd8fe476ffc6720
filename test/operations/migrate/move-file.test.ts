import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, it } from '@jest/globals';
import { moveFile } from '../../../src/operations/migrate/move-file.js';
import type { FilePort } from '../../../src/store/files/file-port.js';
import { nodeFiles } from '../../../src/store/files/node-files.js';
import { temporaryFolder } from '../../support/temp-folder.js';

const root = temporaryFolder();
const TEXT = 'years of rows';
const SHA = createHash('sha256').update(TEXT).digest('hex');
let count = 0;
let from: string;
let to: string;

beforeEach(() => {
  const folder = path.join(root, `${count++}`);
  mkdirSync(path.join(folder, 'old'), { recursive: true });
  from = path.join(folder, 'old', 'a.csv');
  to = path.join(folder, 'kept', 'deep', 'a.csv');
  writeFileSync(from, TEXT);
});

/** A disk on which the two places are two devices. */
const apart: FilePort = {
  ...nodeFiles,
  rename: async (a, b) => {
    if (path.dirname(a) !== path.dirname(b)) throw Object.assign(new Error('EXDEV'), { code: 'EXDEV' });
    await nodeFiles.rename(a, b);
  },
};

it('takes the file to where nothing was', async () => {
  expect(await moveFile(nodeFiles, from, to, SHA)).toBeUndefined();
  expect([existsSync(from), readFileSync(to, 'utf8')]).toEqual([false, TEXT]);
  expect(readdirSync(path.dirname(to))).toEqual(['a.csv']);
});

it('never writes over another file', async () => {
  mkdirSync(path.dirname(to), { recursive: true });
  writeFileSync(to, 'of somebody else');
  expect(await moveFile(nodeFiles, from, to, SHA)).toContain('is there already');
  expect([readFileSync(from, 'utf8'), readFileSync(to, 'utf8')]).toEqual([TEXT, 'of somebody else']);
});

it('leaves a file that is no longer the one that was proved', async () => {
  writeFileSync(from, 'another');
  expect(await moveFile(nodeFiles, from, to, SHA)).toContain('changed');
  expect([readFileSync(from, 'utf8'), existsSync(to)]).toEqual(['another', false]);
});

it('leaves the file where the backup is on another disk', async () => {
  expect(await moveFile(apart, from, to, SHA)).toContain('another disk');
  expect([readFileSync(from, 'utf8'), existsSync(to)]).toEqual([TEXT, false]);
});
