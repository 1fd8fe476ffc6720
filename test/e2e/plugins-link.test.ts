import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { providerCode } from '../support/plugin-folder.js';
import { type ProgramRun, runProgram } from '../support/run-program.js';
import { temporaryFolder } from '../support/temp-folder.js';

const home = temporaryFolder();
const dataDir = path.join(home, 'data');

function almanac(...words: string[]): Promise<ProgramRun> {
  const env = { HOME: home, ALMANAC_DATA_DIR: dataDir, ALMANAC_CONFIG_DIR: path.join(home, 'config') };
  // Nothing answers there: linking asks nobody.
  return runProgram(words, { cwd: home, env: { ...env, ALMANAC_NPM_REGISTRY: 'http://127.0.0.1:9' } });
}

function write(name: string): string {
  const folder = path.join(home, 'work', name);
  mkdirSync(folder, { recursive: true });
  const hooks = { providers: { target: './index.js', identifier: 'providers' } };
  const almanac = { api: 1, hosts: ['https://tide.example'] };
  const manifest = { name, version: '0.1.0', type: 'module', almanac, oclif: { hooks } };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'index.js'), providerCode('tide'));
  return folder;
}

it('uses a plugin from where it is written, shows it, and lets go of it', async () => {
  const folder = write('almanac-provider-tide');
  const linked = await almanac('plugins', 'link', folder);
  expect(linked).toMatchObject({ exit: 0, stdout: 'almanac-provider-tide 0.1.0 is linked: tide\n' });
  const { stdout } = await almanac('plugins');
  expect(stdout).toBe(`NAME\tVERSION\tTYPE\tFROM\nalmanac-provider-tide\t0.1.0\tlink\t${folder}\n`);
  const inspected = await almanac('plugins', 'inspect', 'tide', '--json');
  expect(JSON.parse(inspected.stdout).plugin).toMatchObject({
    ...{ type: 'link', root: folder, integrity: null, hosts: ['https://tide.example'], secrets: [] },
  });
  expect((await almanac('providers', 'list')).stdout).toMatch(/^tide\t.*\tlink$/m);
  expect(await almanac('plugins', 'reset')).toMatchObject({ exit: 2, stdout: '' });
  const reset = await almanac('plugins', 'reset', '--yes');
  expect(reset).toMatchObject({ exit: 0, stdout: 'almanac-provider-tide is gone.\n', stderr: '' });
  expect(readdirSync(dataDir)).toEqual([]);
  expect(existsSync(path.join(folder, 'index.js'))).toBe(true);
}, 30_000);

it('refuses a folder with a shipped name, or without a package', async () => {
  const impostor = await almanac('plugins', 'link', write('@almanac/provider-binance'));
  expect(impostor).toMatchObject({ exit: 2, stdout: '' });
  expect(impostor.stderr).toMatch(/^Error: @almanac\/provider-binance has the name of what ships with Almanac/);
  const empty = await almanac('plugins', 'link', '.');
  expect(empty.exit).toBe(2);
  expect(empty.stderr).toMatch(/^Error: there is no package\.json that can be read in/);
  const absent = await almanac('plugins', 'uninstall', 'tide');
  expect(absent).toMatchObject({ exit: 2, stderr: 'Error: no plugin tide is installed\n  Try: almanac plugins\n' });
}, 30_000);
