import { existsSync, mkdtempSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { nodeFiles } from '../../src/store/files/node-files.js';
import { openStore } from '../../src/store/open-store.js';
import { makeBars, PROVENANCE } from '../support/make-bars.js';
import { temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
const fresh = (): string => mkdtempSync(path.join(root, 'case-'));
const isFolder = (at: string): boolean => statSync(at).isDirectory();

describe('a folder', () => {
  it('is made with all that is missing above it, and again without complaint', async () => {
    const deep = path.join(fresh(), 'a', 'b', 'c', 'd');
    await nodeFiles.makeFolder(deep);
    await nodeFiles.makeFolder(deep);
    expect(isFolder(deep)).toBe(true);
  });

  it('is made once where many make it at once', async () => {
    const parent = path.join(fresh(), 'x', 'y');
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => nodeFiles.makeFolder(path.join(parent, String(i % 2), 'z'))),
    );
    expect(isFolder(path.join(parent, '0', 'z')) && isFolder(path.join(parent, '1', 'z'))).toBe(true);
  });

  it('may be a link to one', async () => {
    const folder = fresh();
    const link = path.join(root, 'link');
    symlinkSync(folder, link);
    await nodeFiles.makeFolder(path.join(link, 'below'));
    expect(isFolder(path.join(folder, 'below'))).toBe(true);
  });

  it('is not made where a file stands, nor below one', async () => {
    const file = path.join(fresh(), 'file');
    writeFileSync(file, '');
    await expect(nodeFiles.makeFolder(file)).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(nodeFiles.makeFolder(path.join(file, 'below'))).rejects.toMatchObject({
      code: expect.stringMatching(/ENOTDIR|EEXIST/),
    });
  });

  it('that can never be is refused at once', async () => {
    if (!existsSync('/proc/self')) return;
    const begun = performance.now();
    await expect(nodeFiles.makeFolder('/proc/x/y/z')).rejects.toMatchObject({ code: 'ENOENT' });
    expect(performance.now() - begun).toBeLessThan(500);
  });
});

describe('a cache that can never be', () => {
  const bars = makeBars('1h', Date.UTC(2024, 0, 1), 3);
  it.each([
    ['below /proc', () => '/proc/x'],
    [
      'below a file',
      () => {
        const file = path.join(fresh(), 'file');
        writeFileSync(file, '');
        return path.join(file, 'cache');
      },
    ],
  ])('%s is refused in a sentence that names it', async (where, make) => {
    if (where.includes('/proc') && !existsSync('/proc/self')) return;
    const cache = make();
    const begun = performance.now();
    const refusal = await openStore(cache)
      .series('BTCUSDT', '1h')
      .put(bars, PROVENANCE)
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'STORE_UNUSABLE', message: expect.stringContaining(cache) });
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});
