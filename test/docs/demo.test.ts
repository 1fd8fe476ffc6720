import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const DEMO = fileURLToPath(new URL('../../bin/demo.js', import.meta.url));

test('the demo tells its whole story, and says that its prices are made up', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [DEMO], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toContain('made up');
  expect(stdout).toContain('$ almanac cache info DEMOUSDT 1h');
  expect(stdout).toMatch(
    /\$ zcat .*2023\.csv\.gz \| head -n 3\ntimestamp,open,high,low,close,volume\n2023-01-01T00:00:00Z,/,
  );
});
