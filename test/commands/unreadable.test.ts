import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import CacheCleanup from '../../src/commands/cache/cleanup.js';
import CacheGet from '../../src/commands/cache/get.js';
import CacheInfo from '../../src/commands/cache/info.js';
import CacheList from '../../src/commands/cache/list.js';
import CacheStats from '../../src/commands/cache/stats.js';
import CacheValidateGaps from '../../src/commands/cache/validate-gaps.js';
import { copyOf, writeTruth } from '../operations/cleanup/damaged-cache.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { runCommand } from './run-command.js';

const root = temporaryFolder();
const template = path.join(root, 'template');
let cache: string;
let file: string;

beforeEach(async () => {
  if (!existsSync(template)) await writeTruth(template);
  cache = copyOf(template, root);
  file = path.join(cache, 'A/1d/2024.metadata.json');
  rmSync(file);
  mkdirSync(file);
});

const told = (): string => `${file} cannot be read: it is a folder, and a file belongs there (EISDIR)`;

describe('a folder in the place of a sidecar', () => {
  it('list shows the other series, and names it', async () => {
    const { exit, stdout, stderr } = await runCommand(CacheList, ['--cache-dir', cache]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: expect.stringContaining(`Warning: ${told()}`) });
    const rows = stdout.trim().split('\n').slice(1);
    expect(rows.map((row) => row.split('\t')[0])).toEqual(['A', 'B', 'B', 'C']);
    expect(rows[0]?.split('\t')[5]).toBe('');
    const document = JSON.parse((await runCommand(CacheList, ['--cache-dir', cache, '--json'])).stdout);
    expect(document.series[0]).toMatchObject({ coverage: null, unreadable: [{ path: file }] });
  });

  it('stats count the others, and name it', async () => {
    const { exit, stdout, stderr } = await runCommand(CacheStats, ['--cache-dir', cache, '--json']);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: expect.stringContaining(told()) });
    expect(JSON.parse(stdout)).toMatchObject({ series: 4, unreadable: [{ path: file }] });
  });

  it('validate-gaps judges the others, and ends as with a damaged one', async () => {
    const { exit, stdout, stderr } = await runCommand(CacheValidateGaps, ['--cache-dir', cache, '--json']);
    expect({ exit, stderr }).toEqual({ exit: 3, stderr: expect.stringContaining(told()) });
    expect(JSON.parse(stdout).series).toHaveLength(4);
  });

  it('get of that series says which it is, why, and what to type; of another it does not care', async () => {
    const { exit, stderr } = await runCommand(CacheGet, ['A', '1d', '--cache-dir', cache]);
    expect(exit).toBe(1);
    expect(stderr.replace(/\s+/g, ' ')).toContain(told());
    expect(stderr).toContain('Try: mv ');
    expect((await runCommand(CacheGet, ['B', '1d', '--cache-dir', cache])).exit).toBe(0);
    expect((await runCommand(CacheInfo, ['A', '1d', '--cache-dir', cache])).stdout).toContain(told());
  });

  it('cleanup reports it with 3, and acting on what can be mended ends with 4', async () => {
    rmSync(path.join(cache, 'B/1h/2024.metadata.json'));
    expect((await runCommand(CacheCleanup, ['--cache-dir', cache])).exit).toBe(3);
    const { exit, stdout } = await runCommand(CacheCleanup, ['--cache-dir', cache, '--cleanup', '--json']);
    expect(exit).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({
      repaired: 1,
      findings: [
        { path: 'A/1d/2024.metadata.json', check: 'unreadable', action: 'none', outcome: 'kept' },
        { path: 'B/1h/2024.metadata.json', outcome: 'repaired' },
      ],
    });
  });
});
