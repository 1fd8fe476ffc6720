import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { measureIntegrity } from '../../src/sources/trust/read-tarball.js';
import { type NpmRegistry, openNpmRegistry } from '../support/npm-registry.js';
import { packPlugin } from '../support/pack-plugin.js';
import { providerCode } from '../support/plugin-folder.js';
import { type ProgramRun, runProgram } from '../support/run-program.js';
import { temporaryFolder } from '../support/temp-folder.js';

/** Nothing may be asked of it: what comes from a file needs no network. */
let registry: NpmRegistry;
const home = temporaryFolder();
const dataDir = path.join(home, 'data');
const configDir = path.join(home, 'config');

beforeAll(async () => {
  registry = await openNpmRegistry();
});
afterAll(async () => registry[Symbol.asyncDispose]());

function almanac(...words: string[]): Promise<ProgramRun> {
  const env = {
    ...{ HOME: home, ALMANAC_DATA_DIR: dataDir, ALMANAC_CONFIG_DIR: configDir },
    ALMANAC_NPM_REGISTRY: registry.url,
  };
  return runProgram(words, { cwd: home, env });
}

function pack(name: string, code: string, manifest: Readonly<Record<string, unknown>> = {}): string {
  const file = path.join(home, `${name}-1.2.3.tgz`);
  writeFileSync(file, packPlugin(name, code, manifest));
  return file;
}

const COMMON = { type: 'commonjs', almanac: { api: 1, hosts: ['https://tide.example'], secrets: ['TIDE_KEY'] } };

it('installs plugins from files, as CommonJS and as ES module, runs none of their scripts, and leaves nothing behind', async () => {
  const trace = path.join(home, 'ran');
  const scripts = { preinstall: `touch ${trace}`, install: `touch ${trace}`, postinstall: `touch ${trace}` };
  const common = providerCode('tide').replace('export const providers =', 'exports.providers =');
  const file = pack('almanac-provider-tide', common, { ...COMMON, scripts });
  mkdirSync(dataDir);
  writeFileSync(path.join(dataDir, '.npmrc'), 'fund=true\nignore-scripts=false\n');

  const refused = await almanac('plugins', 'install', `file:${file}`);
  expect(refused.exit).toBe(2);
  expect(refused.stdout).toBe('');
  expect(refused.stderr).toMatch(/^ {2}asks +https:\/\/tide\.example$/m);
  expect(refused.stderr).toMatch(/^ {2}secrets +TIDE_KEY$/m);
  expect(refused.stderr).toMatch(/^ {2}released +unknown$/m);
  expect(refused.stderr).toMatch(/^ {2}scripts +preinstall, install, postinstall: not run by Almanac, ever$/m);
  expect(refused.stderr).toMatch(
    /Error: almanac-provider-tide 1\.2\.3 was not installed: nobody can be asked to\s+trust it/,
  );
  expect(readdirSync(dataDir)).toEqual(['.npmrc']);

  const allowed = { 'almanac-provider-tide@1.2.3': measureIntegrity(readFileSync(file)) };
  mkdirSync(configDir);
  writeFileSync(path.join(configDir, 'plugin-allowlist.json'), JSON.stringify(allowed));
  const listed = await almanac('plugins', 'install', file, '--quiet');
  expect(listed).toMatchObject({ exit: 0, stdout: 'almanac-provider-tide 1.2.3 is installed: tide\n', stderr: '' });
  expect(readFileSync(path.join(dataDir, '.npmrc'), 'utf8')).toBe('fund=true\nignore-scripts=true\n');

  const plain = pack('almanac-provider-ebb', providerCode('ebb'));
  const trusted = await almanac('plugins', 'add', `file:${plain}`, '--yes-i-trust-it', '--json');
  expect(JSON.parse(trusted.stdout)).toMatchObject({ outcome: 'installed', providers: ['ebb'], faults: [] });

  const { stdout, stderr } = await almanac('providers', 'list');
  expect(stdout).toMatch(/^tide\ttide\tcrypto\t1h\tneeded\talmanac-provider-tide 1\.2\.3\tuser$/m);
  expect(stdout).toMatch(/^ebb\t.*\talmanac-provider-ebb 1\.2\.3\tuser$/m);
  expect(stderr).not.toMatch(/tide|ebb/);
  expect((await almanac('providers', 'list', '--no-plugins')).stdout).not.toMatch(/tide|ebb/);

  for (const name of ['tide', 'almanac-provider-ebb']) {
    const gone = await almanac('plugins', 'uninstall', name);
    expect(gone).toMatchObject({ exit: 0, stderr: '' });
    expect(gone.stdout).toMatch(/^almanac-provider-(tide|ebb) is gone\.\n$/);
  }
  expect(readdirSync(dataDir)).toEqual(['.npmrc']);
  expect(existsSync(trace)).toBe(false);
  expect(registry.asked).toEqual([]);
}, 60_000);

it('lets in neither other bytes than were allowed nor what takes a shipped name, nor what is no plugin', async () => {
  const file = pack('almanac-provider-tide', `${providerCode('tide')}// changed`, COMMON);
  const changed = await almanac('plugins', 'install', file, '--yes-i-trust-it');
  expect(changed.exit).toBe(2);
  expect(changed.stderr.replace(/\s+/g, ' ')).toContain(
    'almanac-provider-tide 1.2.3 is not the package that plugin-allowlist.json allows',
  );
  const impostor = await almanac('plugins', 'install', pack('zod', providerCode('z')), '--yes-i-trust-it');
  expect(impostor).toMatchObject({ exit: 2, stdout: '' });
  expect(impostor.stderr).toMatch(/^Error: zod has the name of what ships with Almanac: zod$/m);
  const named = await almanac('plugins', 'install', pack('almanac-provider-kraken', providerCode('kraken')));
  expect(named.stderr).toMatch(/^ {2}replaces +kraken, which ships with Almanac: /m);
  const other = await almanac('plugins', 'install', pack('left', '', { oclif: undefined }), '--yes-i-trust-it');
  expect(other.stderr).toMatch(/^Error: left 1\.2\.3 is no plugin of Almanac: its package\.json has no "oclif"$/m);
  const newer = await almanac('plugins', 'install', pack('next', '', { almanac: { api: 2 } }), '--yes-i-trust-it');
  expect(newer.stderr.replace(/\s+/g, ' ')).toMatch(
    /next 1\.2\.3 speaks version 2 of the contract .* speaks version 1/,
  );
  const absent = await almanac('plugins', 'install', 'file:/nowhere/x.tgz', '--yes-i-trust-it');
  expect(absent.exit).toBe(2);
  expect(absent.stderr).toMatch(/^Error: there is no file or folder \/nowhere\/x\.tgz\n {2}Try: [^\n]+\n$/);
  expect(existsSync(path.join(dataDir, 'node_modules'))).toBe(false);
}, 60_000);
