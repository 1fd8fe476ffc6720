import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { providerCode } from '../support/plugin-folder.js';
import { runProgram } from '../support/run-program.js';
import { temporaryFolder } from '../support/temp-folder.js';

const home = temporaryFolder();
const env = { ALMANAC_DATA_DIR: path.join(home, 'data'), ALMANAC_CONFIG_DIR: path.join(home, 'config') };
const check = (...argv: string[]) => runProgram(['providers', 'check', ...argv], { cwd: home, env });

const HOOKS = { providers: { target: './index.js', identifier: 'providers' } };
/** Starts nothing: the provider of `providerCode` asks nobody. */
const SERVER =
  "export const startCheck = async () => ({ options: { secret: 'key-of-the-server' }, close: async () => console.error('closed') });";
const DECLARED = { api: 1, hosts: ['acme.example'], secrets: ['ACME_KEY'], check: './check.js' };

function write(
  name: string,
  code: string,
  manifest: object = {},
  files: Readonly<Record<string, string>> = {},
): string {
  const folder = path.join(home, name);
  mkdirSync(folder, { recursive: true });
  const whole = {
    name: `almanac-provider-${name}`,
    version: '0.1.0',
    type: 'module',
    oclif: { hooks: HOOKS },
    ...manifest,
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(whole));
  for (const [file, text] of Object.entries({ 'index.js': code, ...files }))
    writeFileSync(path.join(folder, file), text);
  return `./${name}`;
}

interface Result {
  readonly rule: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly guide: string;
}

const resultsOf = (stdout: string): Map<string, Result> =>
  new Map(JSON.parse(stdout).rules.map((each: Result) => [each.rule, each]));

describe('providers check of a folder', () => {
  it('tries every rule through the server it brings, and leads to the guide', async () => {
    const folder = write('acme', providerCode('acme'), { almanac: DECLARED }, { 'check.js': SERVER });
    const { stdout, stderr, exit } = await check(folder, '--json');
    expect(exit).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ schemaVersion: 1, provider: 'acme', status: 'fail' },
      plugin: { name: 'almanac-provider-acme', version: '0.1.0' },
    });
    const results = resultsOf(stdout);
    for (const rule of ['package-api', 'package-id', 'package-hosts', 'package-secrets', 'shape'])
      expect(results.get(rule)).toMatchObject({ outcome: 'pass' });
    // Its instrument() knows nothing, not even its own sample.
    expect(results.get('samples')).toMatchObject({ outcome: 'fail', reason: expect.stringContaining('X is not one') });
    expect(results.get('samples')?.guide).toMatch(/plugins\/README\.md[:#]/);
    expect(stderr).toContain('closed');
    expect(stdout).not.toContain('key-of-the-server');
  });

  it('holds what the package says against what it does', async () => {
    const folder = write(
      'odd',
      providerCode('yahoo'),
      { almanac: { ...DECLARED, api: 2, hosts: [], secrets: [] } },
      {
        'check.js': SERVER,
      },
    );
    const { stdout, exit } = await check(folder, '--json');
    expect(exit).toBe(3);
    const reasons = [...resultsOf(stdout).values()].filter(({ rule }) => rule.startsWith('package-'));
    expect(reasons.map(({ reason }) => reason)).toEqual([
      'it is written for version 2 of the contract with providers, and this Almanac speaks version 1',
      '@almanac/provider-yahoo offers yahoo already: two of one name are never both used',
      'it asks https://yahoo.example, which package.json does not name in almanac.hosts',
      'it reads YAHOO_KEY, which package.json does not name in almanac.secrets',
    ]);
  });

  it('tries a package that only declares its provider, without code', async () => {
    const kraken = readFileSync(new URL('../../config/providers/kraken.json', import.meta.url), 'utf8');
    const server = `import { createServer } from 'node:http';
export async function startCheck() {
  const server = createServer((_, response) => response.writeHead(404).end());
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { options: { url: 'http://127.0.0.1:' + server.address().port }, close: async () => server.close() };
}`;
    const folder = write('declared', '', { oclif: {}, almanac: DECLARED }, { 'check.js': server });
    mkdirSync(path.join(home, 'declared', 'providers'));
    const text = kraken.replaceAll('"kraken"', '"mine"');
    writeFileSync(path.join(home, 'declared', 'providers', 'mine.json'), text);
    const { stdout } = await check(folder, '--json');
    const results = resultsOf(stdout);
    for (const rule of ['package-id', 'shape', 'samples']) expect(results.get(rule)).toMatchObject({ outcome: 'pass' });
  });

  it('loads CommonJS too', async () => {
    const code = providerCode('common').replace('export const providers', 'exports.providers');
    const manifest = { type: 'commonjs', almanac: { ...DECLARED, check: './check.mjs' } };
    const { stdout } = await check(write('common', code, manifest, { 'check.mjs': SERVER }), '--json');
    expect(resultsOf(stdout).get('shape')).toMatchObject({ outcome: 'pass' });
  });

  it.each([
    [
      'a newer contract',
      () => write('newer', providerCode('newer', 'api: 2,')),
      /it speaks version 2 of the contract .* this Almanac speaks version 1/,
    ],
    ['no package.json', () => './nowhere', /it has no package\.json/],
    ['no hook', () => write('hookless', '', { oclif: {} }), /names no oclif\.hooks\.providers/],
    [
      'nothing built',
      () => write('unbuilt', '', { oclif: { hooks: { providers: './dist/index.js' } } }),
      /dist\/index\.js is not there: it has not been built Try: npm run build/,
    ],
    [
      'code that throws',
      () => write('throwing', 'throw new Error("no such thing")'),
      /it failed to load: .*no such thing/,
    ],
    [
      'an export that is not there',
      () => write('misspelt', 'export const provider = 1;'),
      /declares providers but exports none/,
    ],
    [
      'several providers',
      () => write('two', providerCode('two').replace('[provider]', "[provider, { ...provider, id: 'other' }]")),
      /it offers several providers/,
    ],
    [
      'a server that is elsewhere',
      () => write('astray', providerCode('astray'), { almanac: { ...DECLARED, check: '../acme/check.js' } }),
      /almanac\.check leads out of it/,
    ],
    [
      'a server that does not start',
      () =>
        write(
          'serverless',
          providerCode('serverless'),
          { almanac: DECLARED },
          { 'check.js': 'export const start = 1;' },
        ),
      /exports no function startCheck/,
    ],
  ] as readonly (readonly [string, () => string, RegExp])[])(
    'says what keeps it from being tried: %s',
    async (_what, make, reason) => {
      const { stderr, stdout, exit } = await check(make());
      expect({ stdout, exit }).toEqual({ stdout: '', exit: 1 });
      expect(stderr.replace(/\s+/g, ' ')).toMatch(reason);
    },
  );
});
