import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { AlmanacError } from '../../src/market/almanac-error.js';
import type { FilePort } from '../../src/store/files/file-port.js';
import { nodeFiles } from '../../src/store/files/node-files.js';
import { openSharedState, type SharedStateFiles } from '../../src/store/shared-state.js';
import { listTree, temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
const freshCache = (): string => mkdtempSync(path.join(root, 'case-'));

const add = (state: SharedStateFiles): Promise<number> =>
  state.update('counter', (current) => {
    const count = ((current as { count?: number } | undefined)?.count ?? 0) + 1;
    return { next: { count }, result: count };
  });
const look = (state: SharedStateFiles): Promise<unknown> => state.update('counter', (current) => ({ result: current }));

describe('a shared document', () => {
  it('is what was written, for whoever opens it next', async () => {
    const cache = freshCache();
    expect(await look(openSharedState(cache))).toBeUndefined();
    expect(await add(openSharedState(cache))).toBe(1);
    expect(await add(openSharedState(cache))).toBe(2);
    expect(await look(openSharedState(cache))).toEqual({ count: 2 });
  });

  it('is not written where nothing changes', async () => {
    const cache = freshCache();
    await look(openSharedState(cache));
    expect(listTree(cache).filter((name) => name.endsWith('.json'))).toEqual([]);
  });

  it('loses nothing that one process does at once', async () => {
    const cache = freshCache();
    const both = [openSharedState(cache), openSharedState(cache)];
    await Promise.all(Array.from({ length: 60 }, (_, i) => add(both[i % 2] as SharedStateFiles)));
    expect(await look(openSharedState(cache))).toEqual({ count: 60 });
  });

  it('loses nothing that four processes do at once, and leaves nothing beside it', async () => {
    if (!existsSync('dist/index.js')) throw new Error('these tests run the built program: npm run build');
    const cache = freshCache();
    const ended = [0, 1, 2, 3].map(async () => {
      const child = spawn(process.execPath, [path.resolve('test/support/count-up.js'), cache, '50']);
      let said = '';
      child.stderr.on('data', (text: Buffer) => (said += text));
      const [status] = await once(child, 'close');
      return { status, said };
    });
    expect(await Promise.all(ended)).toEqual(Array(4).fill({ status: 0, said: '' }));
    expect(await look(openSharedState(cache))).toEqual({ count: 200 });
    expect(listTree(cache).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it.each([
    ['cut', '{"count":'],
    ['empty', ''],
    ['bytes', '\u0000\u0001\ufffd'],
  ])('that is %s counts for nothing, and is written anew', async (_, text) => {
    const cache = freshCache();
    await add(openSharedState(cache));
    const [name] = listTree(cache).filter((each) => each.endsWith('.json'));
    writeFileSync(path.join(cache, name as string), text);
    expect(await add(openSharedState(cache))).toBe(1);
    expect(JSON.parse(readFileSync(path.join(cache, name as string), 'utf8'))).toEqual({ count: 1 });
  });

  it('stays as it was when the change throws, and the disk is not blamed for it', async () => {
    const cache = freshCache();
    const troubles: unknown[] = [];
    const state = openSharedState(cache, { onTrouble: (cause) => troubles.push(cause) });
    await add(state);
    const fault = new TypeError('a fault of the caller');
    const change = (): never => {
      throw fault;
    };
    await expect(state.update('counter', change)).rejects.toBe(fault);
    expect(await add(state)).toBe(2);
    expect(await look(openSharedState(cache))).toEqual({ count: 2 });
    expect(troubles).toEqual([]);
  });
});

describe('where there can be no file, the state lives in memory', () => {
  const failing = (name: keyof FilePort, error: Error): FilePort => ({
    ...nodeFiles,
    [name]: () => Promise.reject(error),
  });
  const errno = (code: string): Error => Object.assign(new Error(`${code}: injected`), { code });
  const withoutLocks: FilePort = {
    ...nodeFiles,
    open: async (at, mode) => ({
      ...(await nodeFiles.open(at, mode)),
      tryLock: () => Promise.reject(new AlmanacError('STORE_UNUSABLE', 'file locks are not available')),
    }),
  };
  it.each([
    ['a read-only disk', failing('makeFolder', errno('EROFS'))],
    ['a folder of somebody else', failing('open', errno('EACCES'))],
    ['a full disk', failing('rename', errno('ENOSPC'))],
    ['no native lock', withoutLocks],
  ])('%s: it counts all the same, and that is told once', async (_, files) => {
    const troubles: unknown[] = [];
    const cache = freshCache();
    const state = openSharedState(cache, { files, onTrouble: (cause) => troubles.push(cause) });
    expect([await add(state), await add(state), await add(state)]).toEqual([1, 2, 3]);
    expect(troubles).toHaveLength(1);
    expect(listTree(cache).filter((name) => /json$|tmp$/.test(name))).toEqual(
      files.rename === nodeFiles.rename ? [] : expect.any(Array),
    );
  });

  it('a cache that no folder can be: at once', async () => {
    if (!existsSync('/proc/self')) return;
    const troubles: unknown[] = [];
    const begun = performance.now();
    const state = openSharedState('/proc/nowhere/cache', { onTrouble: (cause) => troubles.push(cause) });
    expect(await add(state)).toBe(1);
    expect(troubles).toHaveLength(1);
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  it('the place taken by a file', async () => {
    const cache = freshCache();
    writeFileSync(path.join(cache, '_almanac'), 'a file');
    expect(await add(openSharedState(cache))).toBe(1);
    expect(readdirSync(cache)).toEqual(['_almanac']);
  });
});
