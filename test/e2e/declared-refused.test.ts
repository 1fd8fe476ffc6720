import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { declaration } from '../support/declaration.js';
import { installPlugins, providerCode } from '../support/plugin-folder.js';
import { runProgram } from '../support/run-program.js';
import { temporaryFolder } from '../support/temp-folder.js';

const home = temporaryFolder();
const config = path.join(home, 'config');
const dataDir = path.join(home, 'data');
const folder = path.join(config, 'providers');
mkdirSync(folder, { recursive: true });
mkdirSync(dataDir);
const env = { ALMANAC_DATA_DIR: dataDir, ALMANAC_CONFIG_DIR: config, ALMANAC_STORE: path.join(home, 'market') };
const almanac = (words: string) => runProgram(words.split(' '), { cwd: home, env });
const put = (name: string, content: unknown): void =>
  writeFileSync(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));

describe('declarations that mean harm', () => {
  it('are told of in a line each, and nothing else minds', async () => {
    const symbols = { accept: ['{base}-{quote}'], native: '{base}', quotes: ['USD'] };
    const secrets = { apiKey: { env: ['ALPHA_VANTAGE_KEY'], required: true, query: 'k' } };
    put('a-prototype.json', JSON.stringify(declaration()).replace('"api"', '"__proto__":{"admin":true},"api"'));
    put('b-traversal.json', declaration({ symbols: { ...symbols, aliases: { 'BTC-USD': '../../admin' } } }));
    put('c-crlf.json', declaration({ request: { path: '/{native}', headers: { 'X-A': 'b\r\nHost: evil' } } }));
    put('d-private.json', declaration({ baseUrl: 'https://169.254.169.254' }));
    put('e-shadow.json', declaration({ id: 'binance' }));
    put('f-shadow.yaml', JSON.stringify(declaration({ id: 'kraken' })));
    put('g-large.yaml', `# ${'x'.repeat(1024 * 1024)}`);
    put('h-secrets.json', declaration({ secrets }));
    put('i-bomb.yaml', `a: &a [x]\nb: [${'*a,'.repeat(1000)}]`);
    put('j-cut.json', '{"api": 1, "apiKey": "CANARY');
    put('k-right.json', declaration({ id: 'right' }));
    put('notes.txt', 'not a declaration');
    mkdirSync(path.join(folder, 'l-folder.json'));

    const { stdout, stderr, exit } = await almanac('providers list');
    expect(exit).toBe(0);
    expect(stdout).toContain('right\tMine\tcrypto\t1h\tnone\tk-right.json\tfile\n');
    expect(stdout).toMatch(/^binance\t.*@almanac\/provider-binance \S+\tcore$/m);
    expect(stdout).toMatch(/^kraken\tKraken\t/m);
    expect(stderr).not.toContain('CANARY');
    const said = stderr.trimEnd().replaceAll(`${folder}/`, '').split('\n').sort();
    expect(said).toEqual([
      'Warning: a-prototype.json: /__proto__ is a name that no file may use; take it out',
      'Warning: b-traversal.json: /symbols/aliases/BTC-USD has "..", which leads out of a path; write the path in full',
      'Warning: c-crlf.json: /request/headers/X-A has a line break or a control character; take it out',
      'Warning: d-private.json: /baseUrl is a private address, which a declared provider may not ask; write its public name',
      expect.stringMatching(
        /^Warning: e-shadow\.json: \/id is binance, which @almanac\/provider-binance \S+ \(core\) has already; take another, such as my-binance$/,
      ),
      expect.stringMatching(
        /^Warning: f-shadow\.yaml: \/id is kraken, which almanac \S+ \(core\) has already; take another/,
      ),
      'Warning: g-large.yaml is larger than 64 KiB, which no declaration needs',
      'Warning: h-secrets.json: /secrets/apiKey/env/0 must begin with ALMANAC_MINE_: a file may ask for its own keys only; write ALMANAC_MINE_KEY',
      'Warning: i-bomb.yaml has a reference (*) at line 2, column 5; write out what it stands for',
      expect.stringMatching(/^Warning: j-cut\.json is not valid JSON/),
      'Warning: l-folder.json is not a plain file',
    ]);

    for (const words of ['providers info right', 'cache list'])
      expect({ words, exit: (await almanac(words)).exit }).toEqual({ words, exit: 0 });
    const nowhere = { providers: { binance: { restUrl: 'http://127.0.0.1:9' } } };
    writeFileSync(path.join(home, 'almanac.config.json'), JSON.stringify(nowhere));
    const plan = await almanac('cache populate --symbols BTCUSDT --intervals 1h --start-date 2024-01-01 --dry-run');
    // It is Binance's to answer, as if none of them were there; and there is nobody at that address.
    expect([plan.exit, plan.stderr]).toEqual([1, expect.stringMatching(/BTCUSDT 1h: Binance: 127\.0\.0\.1:9 refuses/)]);
    const named = await almanac('providers info mine');
    expect(named.exit).not.toBe(0);
    expect(named.stderr).toMatch(/^Error: .*[a-h]-\w+\.json: \//);
  }, 30_000);
});

describe('declarations of packages', () => {
  it('come with the package, and one that ships stands aside for the package named for it', async () => {
    installPlugins(dataDir, {
      'almanac-provider-kraken': providerCode('kraken'),
      'almanac-provider-other': 'export const providers = async () => []',
    });
    const inside = path.join(dataDir, 'node_modules', 'almanac-provider-other', 'providers');
    mkdirSync(inside);
    writeFileSync(path.join(inside, 'other.json'), JSON.stringify(declaration({ id: 'other' })));
    writeFileSync(path.join(inside, 'yahoo.json'), JSON.stringify(declaration({ id: 'yahoo' })));
    const { stdout, stderr } = await almanac('providers list');
    expect(stdout).toContain('other\tMine\tcrypto\t1h\tnone\talmanac-provider-other 1.2.3\tuser\n');
    expect(stdout).toContain('kraken\tkraken\tcrypto\t1h\tneeded\talmanac-provider-kraken 1.2.3\tuser\n');
    expect(stdout).toMatch(/^yahoo\t.*\tcore$/m);
    expect(stderr).toMatch(
      /plugin almanac-provider-other 1\.2\.3 \(user\): .*yahoo\.json: \/id is yahoo, which @almanac/,
    );
  });
});
