import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSandbox } from '../support/open-sandbox.js';
import { installPlugins, providerCode } from '../support/plugin-folder.js';
import { runProgram } from '../support/run-program.js';
import { temporaryFolder } from '../support/temp-folder.js';

const NOW = '2025-01-15T00:00:00Z';
const EIGHT = ['alpha-vantage', 'binance', 'bitstamp', 'coinbase', 'coingecko', 'deriv', 'kraken', 'yahoo'];
const home = temporaryFolder();
const dataDir = path.join(home, 'data');
mkdirSync(dataDir);
const unset = {
  ALPHA_VANTAGE_KEY: '',
  ALPHA_VANTAGE_API_KEY: '',
  DERIV_APP_ID: '',
  DERIV_TOKEN: '',
  ALMANAC_STORE: '',
};
const env = { ...unset, ALMANAC_DATA_DIR: dataDir, ALMANAC_CONFIG_DIR: path.join(home, 'config'), ALMANAC_NOW: NOW };
const almanac = (argv: readonly string[], more: Readonly<Record<string, string>> = {}, cwd = home) =>
  runProgram(argv, { cwd, env: { ...env, ...more } });

let sandbox: Awaited<ReturnType<typeof openSandbox>>;
beforeAll(async () => {
  sandbox = await openSandbox(home, env, ['--now', NOW]);
});
afterAll(() => sandbox.close());

type Checks = readonly {
  readonly check: string;
  readonly state: string;
  readonly detail: string;
  readonly next?: string;
}[];
const checksOf = (stdout: string) => JSON.parse(stdout).checks as Checks;

describe('doctor', () => {
  it('finds everything in order, and leaves no trace', async () => {
    const before = readdirSync(home).sort();
    const { stdout, stderr, exit } = await almanac(['doctor', '--json']);
    const states = Object.fromEntries(checksOf(stdout).map(({ check, state }) => [check, state]));
    expect(states).toEqual({
      settings: 'fine',
      'cache folder': 'fine',
      disk: expect.any(String),
      'file locks': 'fine',
      node: 'fine',
      clock: 'warning',
      ...Object.fromEntries(EIGHT.map((id) => [id, 'fine'])),
    });
    expect([exit, stderr, JSON.parse(stdout).schemaVersion]).toEqual([0, '', 1]);
    const kraken = checksOf(stdout).find(({ check }) => check === 'kraken');
    expect(kraken?.detail).toMatch(/^answers for BTC-USD 1h \(\d+ ms\)$/);
    expect(readdirSync(home).sort()).toEqual(before);
  });

  it('says what is wrong, one line each, and what to type', async () => {
    const folder = path.join(home, 'other');
    mkdirSync(folder);
    const config = JSON.parse(readFileSync(path.join(home, 'almanac.config.json'), 'utf8'));
    config.cacheDir = './almanac.config.json';
    config.providers.yahoo.url = 'http://127.0.0.1:9';
    config.providers['alpha-vantage'].apiKey = undefined;
    writeFileSync(path.join(folder, 'almanac.config.json'), JSON.stringify(config));
    const { stdout, exit } = await almanac(['doctor'], { ALMANAC_NOW: '' }, folder);
    expect(exit).toBe(1);
    expect(stdout).toMatch(/^✗ cache folder .* is not a folder\n +Try: almanac config show$/m);
    expect(stdout).toMatch(/^✗ yahoo .*\n +Try: almanac /m);
    expect(stdout).toMatch(/^! alpha-vantage +needs a key .*\n +Try: export ALPHA_VANTAGE_KEY=…/m);
    expect(stdout).toMatch(
      /^! binance +answers, but its clock says 2025-01-15.*\n +Try: export ALMANAC_NOW=2025-01-15T/m,
    );
  });

  it('says so where the settings cannot be read, and never shows a key', async () => {
    const folder = path.join(home, 'broken');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'almanac.config.json'), '{"providers": {"yahoo": {"apikey": "CANARY-CANARY"}}}');
    const ran = await almanac(['doctor', '--json'], { ALPHA_VANTAGE_KEY: 'CANARY-CANARY' }, folder);
    expect(ran.exit).toBe(1);
    expect(checksOf(ran.stdout)[0]).toMatchObject({ check: 'settings', state: 'wrong' });
    const keyed = await almanac(['doctor', '--verbose'], { ALPHA_VANTAGE_KEY: 'CANARY-CANARY' });
    expect(keyed.stdout).toMatch(/^✗ alpha-vantage/m);
    for (const each of [ran, keyed]) expect(each.stdout + each.stderr).not.toContain('CANARY');
  });
});

describe('providers check', () => {
  it('tries every rule, and ends with 0 where all hold', async () => {
    const { stdout, exit } = await almanac(['providers', 'check', 'yahoo', '--json']);
    const { status, rules, schemaVersion } = JSON.parse(stdout);
    expect([status, schemaVersion, exit]).toEqual(['pass', 1, 0]);
    expect(rules.length).toBeGreaterThan(20);
    expect(rules.find(({ rule }: { rule: string }) => rule === 'half-open-end')).toMatchObject({ outcome: 'pass' });
  });

  it('ends with 3 where one is broken, with its name and the reason', async () => {
    installPlugins(dataDir, { 'almanac-provider-kraken': providerCode('kraken') });
    const { stdout, exit } = await almanac(['providers', 'check', 'kraken'], { KRAKEN_KEY: 'some-key-of-ours' });
    expect(exit).toBe(3);
    expect(stdout).toMatch(/^samples\tfail\t.*its own sample X is not one of its symbols$/m);
  });

  it('does not try one that cannot be asked', async () => {
    const keyless = await almanac(['providers', 'check', 'kraken']);
    expect(keyless.exit).toBe(2);
    expect(keyless.stderr).toContain('export KRAKEN_KEY=…');
  });
});
