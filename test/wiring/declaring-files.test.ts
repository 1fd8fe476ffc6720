import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Config } from '@oclif/core/config';
import { loadDeclared } from '../../src/sources/declared/load-declared.js';
import { findDeclaringFiles } from '../../src/wiring/declaring-files.js';
import { temporaryFolder } from '../support/temp-folder.js';

const home = temporaryFolder();
const SHIPPED = ['bitstamp.json', 'coinbase.json', 'kraken.json'];

function configOf(configDir: string, roots: Readonly<Record<string, string>> = {}): Config {
  const plugins = Object.entries(roots).map(([type, root]) => [root, { name: type, version: '1.0.0', type, root }]);
  return { configDir, version: '0.1.0', plugins: new Map(plugins as never) } as unknown as Config;
}

describe('where declarations are looked for', () => {
  it('only what ships, where there is no folder of one’s own', async () => {
    const found = await findDeclaringFiles(configOf(path.join(home, 'nowhere'), { core: home }));
    expect(found.map(({ path: file }) => path.basename(file))).toEqual(SHIPPED);
    expect(found.every(({ shipped }) => shipped)).toBe(true);
  });

  it('in the config folder, and in packages that were installed or linked, never in ours', async () => {
    for (const name of ['config', 'user', 'link', 'core']) {
      mkdirSync(path.join(home, name, 'providers'), { recursive: true });
      for (const file of ['a.json', 'b.yaml', 'c.yml', 'd.js', '.e.json', 'f.json~'])
        writeFileSync(path.join(home, name, 'providers', file), '{}');
    }
    const [user, link, core] = ['user', 'link', 'core'].map((name) => path.join(home, name)) as [
      string,
      string,
      string,
    ];
    const found = await findDeclaringFiles(configOf(path.join(home, 'config'), { user, link, core }));
    const own = found.filter(({ shipped }) => !shipped).map(({ path: file }) => path.relative(home, file));
    expect(own).toEqual([
      ...['config/providers/a.json', 'config/providers/b.yaml', 'config/providers/c.yml'],
      ...['user/providers/a.json', 'link/providers/a.json'],
    ]);
  });
});

it('all that ships can be loaded, and soon', async () => {
  const files = await findDeclaringFiles(configOf(path.join(home, 'nowhere')));
  await loadDeclared(files);
  const begun = performance.now();
  const loaded = await loadDeclared(files);
  expect(loaded.map(({ provider }) => provider?.id)).toEqual(['bitstamp', 'coinbase', 'kraken']);
  expect(performance.now() - begun).toBeLessThan(100);
});
