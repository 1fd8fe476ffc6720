import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
const SIZES = [4, 8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 192, 256, 1024];

/** A disk of a few pages needs a mount, and a mount needs rights that not everybody has. */
function mayMount(): boolean {
  const disk = path.join(root, 'probe');
  mkdirSync(disk);
  return spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', disk]).status === 0;
}

interface Step {
  readonly code: string;
  readonly acknowledged: number;
  readonly rows: number;
  readonly wrong: number;
  readonly damaged: number;
  readonly temps: number;
}

function fill(kilobytes: number): { readonly steps: readonly Step[] } {
  if (!existsSync('dist/index.js')) throw new Error('this test runs the built program: npm run build');
  const disk = path.join(root, `disk-${kilobytes}`);
  mkdirSync(disk);
  const child = spawnSync(
    'unshare',
    ['-m', process.execPath, path.resolve('test/support/fill-disk.js'), disk, String(kilobytes)],
    { encoding: 'utf8' },
  );
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout);
}

const mounting = mayMount() ? describe : describe.skip;
mounting('a disk that is full (skipped where nothing may be mounted)', () => {
  const ends: string[] = [];

  it.each(SIZES)('after %i kB leaves what was acknowledged, whole and without a trace of the rest', (kilobytes) => {
    const { steps } = fill(kilobytes);
    for (const step of steps) {
      expect(step).toMatchObject({
        rows: step.acknowledged,
        wrong: -1,
        damaged: 0,
        temps: 0,
        code: expect.stringMatching(/^(ok|STORE_FULL)$/),
      });
    }
    ends.push(steps.at(-1)?.code as string);
  });

  it('was met both at once and after some success', () => {
    expect(new Set(ends)).toEqual(new Set(['ok', 'STORE_FULL']));
  });
});
