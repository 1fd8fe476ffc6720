import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const EXAMPLE = fileURLToPath(new URL('../../docs/library-example.mjs', import.meta.url));

test('the library example runs as it stands, against the built package', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [EXAMPLE], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout.trimEnd().split('\n')).toEqual([
    'added 4, then 0',
    '2 bars in March, highest close 104',
    '2024-02-29T22:00:00.000Z 101',
    '2024-02: 2, 2024-03: 2 damaged: 0',
  ]);
  expect(status).toBe(0);
});
