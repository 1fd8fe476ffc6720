import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { installPlugins, providerCode } from '../support/plugin-folder.js';
import { temporaryFolder } from '../support/temp-folder.js';

/** In a process of its own: it is the process's end that is looked at. */
const SCRIPT = `
  import { Config } from '@oclif/core/config';
  import { findDeclaringPlugins } from './dist/wiring/declaring-plugins.js';
  import { loadProviders } from './dist/sources/registry.js';
  const config = await Config.load({ root: process.cwd() });
  const { providers, failures } = await loadProviders(findDeclaringPlugins(config), 500);
  const reasons = failures.map(({ plugin, reason }) => [plugin.name, reason]);
  console.log(JSON.stringify([providers.map(({ provider }) => provider.id), reasons]));
`;

const dataDir = path.join(temporaryFolder(), 'data');

it('waits for a plugin that never answers, and no longer; the others are heard', () => {
  mkdirSync(dataDir);
  installPlugins(dataDir, {
    'hangs-in-hook': 'export const providers = () => new Promise(() => undefined);',
    'hangs-on-import': 'await new Promise(() => undefined); export const providers = async () => [];',
    'leaves-at-once': 'export async function providers() { this.exit(0); }',
    kraken: providerCode('kraken'),
  });
  const env = { ...process.env, NODE_OPTIONS: '', ALMANAC_DATA_DIR: dataDir };
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', SCRIPT], { encoding: 'utf8', env });
  expect(ran.status).toBe(0);
  const [ids, reasons] = JSON.parse(ran.stdout);
  expect(ids).toContain('kraken');
  expect(Object.fromEntries(reasons)).toMatchObject({
    'hangs-in-hook': 'it did not finish loading within 0.5 s',
    'hangs-on-import': 'it did not finish loading within 0.5 s',
    'leaves-at-once': expect.stringContaining('it failed to load'),
  });
});
