import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import ConfigInit from '../../src/commands/config/init.js';
import ConfigShow from '../../src/commands/config/show.js';
import { runCommand } from './run-command.js';

const root = process.cwd();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'almanac-config-'));
  process.chdir(folder);
});
afterEach(async () => {
  process.chdir(root);
  delete process.env.ALPHA_VANTAGE_KEY;
  await rm(folder, { recursive: true });
});

it('writes a starter once, which then is in force', async () => {
  expect((await runCommand(ConfigInit, [], root)).exit).toBe(0);
  const again = await runCommand(ConfigInit, [], root);
  expect(again.exit).toBe(1);
  expect(again.stderr).toContain('.almanacrc.yaml holds settings');
  const shown = JSON.parse((await runCommand(ConfigShow, ['--json'], root)).stdout);
  expect(shown).toMatchObject({
    schemaVersion: 1,
    file: path.join(process.cwd(), '.almanacrc.yaml'),
    cacheFolder: path.join(process.cwd(), 'market'),
  });
});

it('shows where a key came from and never the key', async () => {
  process.env.ALPHA_VANTAGE_KEY = 'SECRET';
  for (const argv of [[], ['--json'], ['--verbose', '--log-format', 'json']]) {
    const ran = await runCommand(ConfigShow, argv, root);
    expect(ran.stdout).toContain('ALPHA_VANTAGE_KEY');
    expect(ran.stdout + ran.stderr).not.toContain('SECRET');
  }
});
