import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { installPlugins, providerCode } from '../support/plugin-folder.js';
import { runProgram } from '../support/run-program.js';
import { temporaryFolder } from '../support/temp-folder.js';

const home = temporaryFolder();
const dataDir = path.join(home, 'data');
const env = { ALMANAC_DATA_DIR: dataDir, ALMANAC_CONFIG_DIR: path.join(home, 'config'), ALPHA_VANTAGE_KEY: '' };
mkdirSync(dataDir);
const almanac = (...argv: string[]) => runProgram(argv, { cwd: home, env });
const SHIPPED = ['alpha-vantage', 'binance', 'bitstamp', 'coinbase', 'coingecko', 'deriv', 'kraken', 'yahoo'];

describe('providers list', () => {
  it('lists those that ship, in one form for programs', async () => {
    const { stdout, stderr, exit } = await almanac('providers', 'list');
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(stderr).toBe('');
    expect(exit).toBe(0);
    expect(rows[0]).toEqual(['ID', 'TITLE', 'ASSETS', 'TIMEFRAMES', 'KEY', 'PLUGIN', 'TYPE']);
    expect(rows.slice(1).map(([id]) => id)).toEqual(SHIPPED);
    expect(rows[2]?.slice(4)).toEqual(['none', '@almanac/provider-binance 0.1.0', 'core']);
    const { providers, failures, schemaVersion } = JSON.parse((await almanac('providers', 'list', '--json')).stdout);
    expect([schemaVersion, failures]).toEqual([1, []]);
    expect(providers.map(({ id }: { id: string }) => id)).toEqual(SHIPPED);
    expect(providers[0]).toMatchObject({ title: 'Alpha Vantage', key: 'needed', plugin: { type: 'core' } });
  });

  it('shows those of others beside them, and what is wrong with some as warnings', async () => {
    installPlugins(dataDir, {
      'almanac-provider-kraken': providerCode('kraken'),
      'almanac-provider-binance': providerCode('binance'),
      'broken-on-import': 'throw new Error("no such thing\\nat x")',
      'speaks-two': providerCode('future', 'api: 2,'),
      misspelt: 'export const provider = async () => []',
    });
    const { stdout, stderr, exit } = await almanac('providers', 'list');
    expect(exit).toBe(0);
    expect(stdout).toContain('kraken\tkraken\tcrypto\t1h\tneeded\talmanac-provider-kraken 1.2.3\tuser\n');
    expect(stdout).toMatch(/^binance\tBinance\t.*\tcore$/m);
    expect(stderr.trimEnd().split('\n')).toEqual([
      'Warning: plugin almanac-provider-binance 1.2.3 (user): its provider binance is not used: Almanac ships one of that name',
      expect.stringMatching(/^Warning: plugin broken-on-import 1\.2\.3 \(user\): it failed to load: .*no such thing/),
      expect.stringMatching(/misspelt .*it declares providers but exports none/),
      expect.stringMatching(/speaks-two .*it speaks version 2 of the contract .* speaks version 1/),
    ]);
    const info = await almanac('providers', 'info', 'binance');
    expect(info).toMatchObject({ exit: 0, stderr: '' });
    expect(info.stdout).toMatch(/from @almanac\/provider-binance \S+ \(core\)/);
  });
});

describe('providers info', () => {
  it('tells what a provider states of itself', async () => {
    installPlugins(dataDir, { 'almanac-provider-kraken': providerCode('kraken') });
    writeFileSync(
      path.join(home, 'almanac.config.json'),
      JSON.stringify({
        routes: [{ match: 'KR*', providers: ['kraken'] }],
        providers: { kraken: { secret: 'CANARYKEY' } },
      }),
    );
    const { stdout, stderr, exit } = await almanac('providers', 'info', 'kraken');
    expect(stderr).toBe('');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/crypto +1h +a day +10 +real/);
    expect(stdout).toContain('main: one request at a time; 6 requests a minute');
    expect(stdout).toContain('https://kraken.example');
    expect(stdout).toMatch(/secret: set by .*almanac\.config\.json/);
    expect(stdout).toMatch(/asked first: routes\[0\] of .* \(KR\*\)/);
    const json = await almanac('providers', 'info', 'kraken', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      schemaVersion: 1,
      id: 'kraken',
      offers: [{ interval: '1h', reachAge: 86_400_000, barsPerRequest: 10 }],
      keys: [{ option: 'secret', set: true }],
    });
    expect(stdout + json.stdout).not.toContain('CANARYKEY');
  });

  it('names the nearest where there is none, and says how to give a key', async () => {
    const typo = await almanac('providers', 'info', 'binanse');
    expect(typo.exit).toBe(2);
    expect(typo.stderr).toContain('did you mean binance?');
    const { stdout } = await almanac('providers', 'info', 'alpha-vantage');
    expect(stdout).toContain('apiKey: needed, and not set');
    expect(stdout).toContain('export ALPHA_VANTAGE_KEY=…');
    expect(stdout).toContain('asked first: the default for stocks and funds within the day');
  });
});
