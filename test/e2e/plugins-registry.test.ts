import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type NpmRegistry, openNpmRegistry } from '../support/npm-registry.js';
import { packFiles, packPlugin } from '../support/pack-plugin.js';
import { providerCode } from '../support/plugin-folder.js';
import { type ProgramRun, runProgram } from '../support/run-program.js';
import { temporaryFolder } from '../support/temp-folder.js';

const DAY = 86_400_000;
const NAME = 'almanac-provider-tide';
const HOOKS = { providers: { target: './index.js', identifier: 'providers' } };

let registry: NpmRegistry;
const home = temporaryFolder();
const dataDir = path.join(home, 'data');

beforeAll(async () => {
  registry = await openNpmRegistry();
});
afterAll(async () => registry[Symbol.asyncDispose]());

function almanac(words: readonly string[], url = registry.url): Promise<ProgramRun> {
  const own = { HOME: home, ALMANAC_DATA_DIR: dataDir, ALMANAC_CONFIG_DIR: path.join(home, 'config') };
  const env = { ...own, ALMANAC_NPM_REGISTRY: url, npm_config_cache: path.join(home, 'npm-cache') };
  return runProgram(words, { cwd: home, env });
}

/** What a plugin depends on, in an old release and in one of yesterday. */
function publishTools(): void {
  for (const [version, days] of [
    ['1.0.0', 300],
    ['1.1.0', 1],
  ] as const) {
    const manifest = { name: 'tide-tools', version };
    const bytes = packFiles({ 'package.json': JSON.stringify(manifest) });
    registry.publish({ manifest, bytes, publishedAt: new Date(Date.now() - days * DAY) });
  }
}

function publish(version: string, days: number, sent?: Buffer): void {
  const dependencies = { 'tide-tools': '^1.0.0' };
  const manifest = { name: NAME, version, type: 'module', oclif: { hooks: HOOKS }, dependencies };
  const bytes = packPlugin(NAME, providerCode('tide'), { version, dependencies });
  const publishedAt = new Date(Date.now() - days * DAY);
  registry.publish({ manifest, bytes, publishedAt, ...(sent === undefined ? {} : { sent }) });
}

const versionListed = async (): Promise<string> => (await almanac(['plugins'])).stdout;

it('finds a package by its short name, tells who made it and when, and updates it under the same rules', async () => {
  publishTools();
  publish('1.0.0', 400);
  const first = await almanac(['plugins', 'install', 'tide', '--yes-i-trust-it']);
  expect(first).toMatchObject({ exit: 0, stdout: `${NAME} 1.0.0 is installed: tide\n` });
  expect(first.stderr).toMatch(/^ {2}from +npm registry$/m);
  expect(first.stderr).toMatch(/^ {2}publisher +jane$/m);
  expect(first.stderr).toMatch(/^ {2}released +\d{4}-\d\d-\d\d, 400 days ago$/m);
  expect(first.stderr).toMatch(/^ {2}secrets +declares none$/m);

  expect(first.stderr).toMatch(/^ {2}depends on +1 package: tide-tools$/m);
  const tools = path.join(dataDir, 'node_modules/tide-tools/package.json');
  expect(JSON.parse(readFileSync(tools, 'utf8')).version).toBe('1.0.0');

  publish('1.1.0', 3);
  const young = await almanac(['plugins', 'update', '--yes-i-trust-it']);
  expect(young).toMatchObject({ exit: 2, stdout: '' });
  expect(young.stderr.replace(/\s+/g, ' ')).toContain(
    `${NAME} 1.1.0 was released 3 days ago, and seven days are asked for`,
  );
  const unasked = await almanac(['plugins', 'update', '--allow-new']);
  expect(unasked.exit).toBe(2);
  expect(unasked.stderr).toMatch(/nobody can be asked/);
  expect(await versionListed()).toContain(`${NAME}\t1.0.0\tuser\t`);
  const updated = await almanac(['plugins', 'update', 'tide', '--allow-new', '--yes-i-trust-it']);
  expect(updated).toMatchObject({ exit: 0, stdout: `${NAME} 1.1.0 is installed.\n` });
  expect(await versionListed()).toContain(`${NAME}\t1.1.0\tuser\t`);
  expect((await almanac(['plugins', 'uninstall', 'tide'])).exit).toBe(0);
  expect(readdirSync(dataDir)).toEqual([]);
}, 60_000);

it('refuses bytes that are not those that were published', async () => {
  publish('2.0.0', 30, packPlugin(NAME, 'process.exit(7)', { version: '2.0.0' }));
  const { exit, stderr } = await almanac(['plugins', 'install', `${NAME}@2.0.0`, '--yes-i-trust-it']);
  expect(exit).not.toBe(0);
  expect(stderr.replace(/\s+/g, ' ')).toMatch(
    /Error: almanac-provider-tide 2\.0\.0 was not installed: the bytes that came are not those that were published/,
  );
  expect(existsSync(path.join(dataDir, 'node_modules'))).toBe(false);
}, 60_000);

it('says in a sentence that there is no such package, or no network', async () => {
  const unknown = await almanac(['plugins', 'install', 'nowhere']);
  expect(unknown.exit).toBe(2);
  expect(unknown.stderr).toMatch(/^Error: npm's registry has no almanac-provider-nowhere or nowhere\n/);
  const offline = await almanac(['plugins', 'install', 'tide'], 'http://127.0.0.1:9');
  expect(offline.exit).toBe(1);
  expect(offline.stderr).toMatch(/^Error: almanac-provider-tide: npm's registry cannot be reached from here/);
  expect(offline.stderr.split('\n').length).toBeLessThan(5);
}, 60_000);

it('packs a repository, and installs exactly what it showed', async () => {
  const repository = path.join(home, 'repository');
  mkdirSync(repository);
  const manifest = { name: NAME, version: '3.0.0', type: 'module', oclif: { hooks: HOOKS } };
  const scripts = { prepare: 'touch ../prepared' };
  writeFileSync(path.join(repository, 'package.json'), JSON.stringify({ ...manifest, scripts }));
  writeFileSync(path.join(repository, 'index.js'), providerCode('tide'));
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...words], { cwd: repository });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'first');
  const spec = `git+file://${repository}`;
  const refused = await almanac(['plugins', 'install', spec]);
  expect(refused.stderr).toMatch(/nobody can be asked/);
  const installed = await almanac(['plugins', 'install', spec, '--yes-i-trust-it']);
  expect(installed).toMatchObject({ exit: 0, stdout: `${NAME} 3.0.0 is installed: tide\n` });
  expect(await versionListed()).toContain(`${NAME}\t3.0.0\tuser\t${spec}\n`);
  expect((await almanac(['plugins', 'uninstall', 'tide'])).exit).toBe(0);
  expect(existsSync(path.join(home, 'prepared'))).toBe(false);
  expect(readdirSync(dataDir)).toEqual([]);
}, 60_000);
