import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { installPlugins, providerCode } from '../support/plugin-folder.js';
import { type ProgramRun, runProgram } from '../support/run-program.js';
import { temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
let count = 0;

/** A home with these plugins in it, however they got there. */
function home(plugins: Readonly<Record<string, string>>) {
  const folder = path.join(root, String(count++));
  const dataDir = path.join(folder, 'data');
  mkdirSync(dataDir, { recursive: true });
  installPlugins(dataDir, plugins);
  const env = { HOME: folder, ALMANAC_DATA_DIR: dataDir, ALMANAC_CONFIG_DIR: path.join(folder, 'config') };
  return {
    dataDir,
    almanac: (words: string, more = {}): Promise<ProgramRun> =>
      runProgram(words.split(' '), { cwd: folder, env: { ...env, ...more } }),
    /** Its package.json says also this. */
    describe(name: string, more: Readonly<Record<string, unknown>>): void {
      const manifest = { name, version: '1.2.3', type: 'module', ...more };
      writeFileSync(path.join(dataDir, 'node_modules', name, 'package.json'), JSON.stringify(manifest));
    },
  };
}

const lines = (text: string): string[] => text.trimEnd().split('\n');

describe('what an installed plugin does', () => {
  it('stays its own affair where it throws, is broken or lacks what it needs', async () => {
    const { almanac } = home({
      throws: 'export const providers = async () => { throw new Error("not today\\nat x"); }',
      exits: 'export const providers = async function () { this.error("I end this", { exit: 7 }); }',
      broken: 'export const providers = [',
      lacks: 'import "nowhere"; export const providers = async () => []',
      'almanac-provider-ebb': providerCode('ebb'),
    });
    const { stdout, stderr, exit } = await almanac('providers list');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^ebb\t/m);
    expect(stdout).toMatch(/^binance\t/m);
    expect(lines(stderr)).toEqual([
      expect.stringMatching(/^Warning: plugin broken 1\.2\.3 \(user\): it failed to load: /),
      'Warning: plugin exits 1.2.3 (user): it failed to load: I end this',
      'Warning: plugin lacks 1.2.3 (user): it lacks nowhere',
      'Warning: plugin throws 1.2.3 (user): it failed to load: not today',
    ]);
    expect(await almanac('cache list -q')).toMatchObject({ exit: 0, stderr: '' });
  });

  it.concurrent('costs ten seconds and a sentence where it never settles, and only who asks for providers', async () => {
    const never = 'export const providers = () => new Promise(() => undefined)';
    const { almanac } = home({ never, asleep: 'await new Promise(() => undefined)' });
    expect(await almanac('cache list -q')).toMatchObject({ exit: 0, stderr: '' });
    const { stdout, stderr, exit } = await almanac('providers list');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^binance\t/m);
    expect(lines(stderr)).toEqual([
      'Warning: plugin asleep 1.2.3 (user): it did not finish loading within 10 s',
      'Warning: plugin never 1.2.3 (user): it did not finish loading within 10 s',
    ]);
    expect(await almanac('providers list --no-plugins')).toMatchObject({ exit: 0, stderr: '' });
  }, 40_000);

  it.concurrent('has no part in commands: neither by hooks nor by commands that hang while they are loaded', async () => {
    const { almanac, describe, dataDir } = home({
      hooked: 'export const init = () => new Promise(() => undefined); export const providers = async () => []',
      hanging: '',
    });
    const init = { target: './index.js', identifier: 'init' };
    const providers = { target: './index.js', identifier: 'providers' };
    describe('hooked', { oclif: { hooks: { init, prerun: init, postrun: init, finally: init, providers } } });
    expect(await almanac('cache list -q')).toMatchObject({ exit: 0, stderr: '' });
    const commands = path.join(dataDir, 'node_modules/hanging/commands');
    mkdirSync(commands);
    writeFileSync(path.join(commands, 'wait.js'), 'await new Promise(() => undefined)');
    describe('hanging', { oclif: { commands: './commands' } });
    const { exit, stderr } = await almanac('cache list -q');
    expect(exit).toBe(0);
    expect(stderr).toMatch(/^Warning: an installed plugin did not finish loading within 10 s, so none is used: .*\n$/);
    expect(await almanac('cache list -q', { ALMANAC_NO_PLUGINS: '1' })).toMatchObject({ exit: 0, stderr: '' });
  }, 40_000);

  it('never takes the place of what ships', async () => {
    const { almanac } = home({
      '@almanac/provider-binance': providerCode('binance', 'title: "Stolen",'),
      'almanac-provider-other': providerCode('yahoo', 'title: "Stolen",'),
      'almanac-provider-ebb': providerCode('ebb'),
    });
    const { stdout, stderr, exit } = await almanac('providers list');
    expect(exit).toBe(0);
    expect(stdout).not.toContain('Stolen');
    expect(stdout).toMatch(/^binance\tBinance\t.*\tcore$/m);
    expect(stdout).toMatch(/^yahoo\tYahoo Finance\t.*\tcore$/m);
    expect(stdout).toMatch(/^ebb\t/m);
    expect(lines(stderr)).toEqual([
      'Warning: an installed plugin calls itself @almanac/provider-binance, which ships with Almanac, and is not used',
      'Warning: plugin almanac-provider-other 1.2.3 (user): its provider yahoo is not used: Almanac ships one of that name',
    ]);
  });

  it('is told in a sentence where it is listed and gone, or where the list itself is damaged', async () => {
    const { almanac, dataDir } = home({ gone: '', 'almanac-provider-ebb': providerCode('ebb') });
    rmSync(path.join(dataDir, 'node_modules/gone'), { recursive: true });
    const { exit, stderr } = await almanac('cache list -q');
    expect(exit).toBe(0);
    expect(stderr).toBe('Warning: plugin gone is installed and cannot be loaded: almanac plugins uninstall gone\n');
    writeFileSync(path.join(dataDir, 'package.json'), '{');
    const damaged = await almanac('cache list -q');
    expect(damaged.exit).toBe(0);
    expect(damaged.stderr).toBe(`Warning: what is installed in ${dataDir} cannot be read: almanac plugins reset\n`);
    expect(await almanac('plugins reset')).toMatchObject({ exit: 0, stdout: 'No plugin was installed.\n' });
    expect(await almanac('cache list -q')).toMatchObject({ exit: 0, stderr: '' });
  });
});
