import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { namePlugin } from '../../src/scaffold/plugin-names.js';
import { runProgram } from '../support/run-program.js';
import { listTree, temporaryFolder } from '../support/temp-folder.js';

const home = temporaryFolder();
const root = new URL('../../', import.meta.url).pathname;
const env = { ALMANAC_DATA_DIR: path.join(home, 'data'), ALMANAC_CONFIG_DIR: path.join(home, 'config') };
const init = (...argv: string[]) => runProgram(['providers', 'init', ...argv], { cwd: home, env });
const readJson = (...parts: string[]) => JSON.parse(readFileSync(path.join(...parts), 'utf8'));

describe('providers init', () => {
  it('writes a package under the name in all its forms, and says what to type next', async () => {
    const { stdout, stderr, exit } = await init('my-exchange');
    expect({ stderr, exit }).toEqual({ stderr: '', exit: 0 });
    expect(stdout.trimEnd().split('\n').slice(-3)).toEqual([
      '  cd almanac-provider-my-exchange',
      '  npm install --ignore-scripts && npm test',
      '  almanac providers check .',
    ]);
    const folder = path.join(home, 'almanac-provider-my-exchange');
    const files = listTree(folder).filter((name) => /\.[a-z]+$/.test(name) && !name.endsWith('.github'));
    const texts = files.map((name) => readFileSync(path.join(folder, name), 'utf8')).join('\n');
    expect(texts).not.toMatch(/your.?name/i);
    expect(texts).toContain("id: 'my-exchange',\n  title: 'My Exchange',");
    expect(texts).toContain('export const myExchangeProvider: Provider<Options>');
    const manifest = readJson(folder, 'package.json');
    expect(manifest).toMatchObject({
      name: 'almanac-provider-my-exchange',
      almanac: { api: 1, hosts: ['https://api.my-exchange.example'], secrets: ['MY_EXCHANGE_API_KEY'] },
      devDependencies: { almanac: `file:${root.replace(/\/$/, '')}` },
    });
    // The hook names a file of its sources.
    const target = manifest.oclif.hooks.providers.target.replace('dist/', '').replace('.js', '.ts');
    expect(existsSync(path.join(folder, target))).toBe(true);
  });

  it('leaves a folder with anything in it as it is', async () => {
    mkdirSync(path.join(home, 'full'));
    writeFileSync(path.join(home, 'full', 'mine.txt'), 'mine');
    const { stderr, exit } = await init('acme', '--dir', 'full');
    expect(exit).toBe(1);
    expect(stderr.replace(/\s+/g, ' ')).toContain('full is not empty, and was left as it is');
    expect(listTree(path.join(home, 'full'))).toEqual(['mine.txt']);
    const file = await init('acme', '--dir', 'full/mine.txt');
    expect(file.exit).toBe(1);
    expect(readFileSync(path.join(home, 'full', 'mine.txt'), 'utf8')).toBe('mine');
  });

  it('refuses a name that is taken, and one that can be none', async () => {
    const taken = await init('binance', '--json');
    expect(taken.exit).toBe(2);
    expect(JSON.parse(taken.stdout).error).toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('provider binance is there already, from @almanac/provider-binance'),
      suggestions: ['almanac providers init my-binance'],
    });
    const odd = await init('My Exchange');
    expect(odd.exit).toBe(2);
    expect(odd.stderr).toContain('Try: almanac providers init my-exchange');
    expect(existsSync(path.join(home, 'almanac-provider-binance'))).toBe(false);
  });

  it('asks for the very versions that Almanac itself is built with', () => {
    const own = readJson(root, 'package.json');
    const { dependencies, devDependencies } = readJson(root, 'config/template/provider/package.json');
    expect(dependencies.zod).toBe(own.dependencies.zod);
    expect(devDependencies.typescript).toBe(own.devDependencies.typescript);
    expect(devDependencies['@types/node']).toBe(own.devDependencies['@types/node']);
  });
});

describe('the name of a plugin', () => {
  it('is one for npm, people, code and the environment', () => {
    expect(namePlugin('almanac-provider-kraken')).toEqual(namePlugin('kraken'));
    expect(namePlugin('a1-b2')).toMatchObject({ title: 'A1 B2', identifier: 'a1B2', variable: 'A1_B2' });
  });

  it.each(['', '1st', 'Kraken', 'a--b', '-a', 'a-', 'a_b', '../a', '@me/a', 'a b', 'a\n', 'ü', 'a'.repeat(41)])(
    'is not %j',
    (name) => {
      expect(() => namePlugin(name)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    },
  );
});
