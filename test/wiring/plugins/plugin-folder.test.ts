import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { listPlugins, tidyPluginFolder, turnScriptsOff } from '../../../src/wiring/plugins/plugin-folder.js';
import { temporaryFolder } from '../../support/temp-folder.js';

const root = temporaryFolder();
let count = 0;
const newFolder = (files: Readonly<Record<string, string>> = {}): string => {
  const folder = path.join(root, String(count++));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
};

describe('turnScriptsOff', () => {
  it.each([
    [undefined, 'ignore-scripts=true\n'],
    ['', 'ignore-scripts=true\n'],
    ['registry=https://x/\n', 'registry=https://x/\nignore-scripts=true\n'],
    ['ignore-scripts=false\na=b', 'a=b\nignore-scripts=true\n'],
    [' ignore-scripts = false\nignore-scripts=true\n; note\n', '; note\nignore-scripts=true\n'],
  ])('makes of %j what keeps the rest', async (before, after) => {
    const folder = newFolder(before === undefined ? {} : { '.npmrc': before });
    await turnScriptsOff(folder);
    await turnScriptsOff(folder);
    expect(readFileSync(path.join(folder, '.npmrc'), 'utf8')).toBe(after);
    expect(readdirSync(folder)).toEqual(['.npmrc']);
  });
});

describe('tidyPluginFolder', () => {
  const npms = {
    'package-lock.json': '{}',
    'node_modules/.package-lock.json': '{}',
    '.npmrc': 'ignore-scripts=true\n',
  };

  it('takes away what npm needed once nothing is installed, and nothing else', async () => {
    const folder = newFolder({ ...npms, 'package.json': '{"oclif":{"plugins":[]}}', 'store/x': 'bars' });
    await tidyPluginFolder(folder);
    expect(readdirSync(folder)).toEqual(['store']);
  });

  it('leaves a .npmrc that says more, and modules that somebody else put there', async () => {
    const own = { '.npmrc': 'a=b\nignore-scripts=true\n', 'node_modules/own/x': '' };
    const folder = newFolder({ ...npms, 'package.json': '{"oclif":{"plugins":[]}}', ...own });
    await tidyPluginFolder(folder);
    expect(readdirSync(folder).sort()).toEqual(['.npmrc', 'node_modules']);
  });

  it.each([
    ['a plugin', '{"oclif":{"plugins":[{"name":"x","type":"user"}]}}'],
    ['a dependency of one’s own', '{"oclif":{"plugins":[]},"dependencies":{"x":"1"}}'],
    ['something unreadable', '{'],
  ])('touches nothing where there is %s', async (_, manifest) => {
    const folder = newFolder({ ...npms, 'package.json': manifest });
    await tidyPluginFolder(folder);
    expect(readdirSync(folder).sort()).toEqual(['.npmrc', 'node_modules', 'package-lock.json', 'package.json']);
  });
});

it('lists plugins also as oclif once wrote them, and none where there is no list', async () => {
  const manifest = '{"oclif":{"plugins":["old",{"name":"new","type":"link","root":"/x"},null,7,{}]}}';
  expect(await listPlugins(newFolder({ 'package.json': manifest }))).toEqual([
    { name: 'old', type: 'user' },
    { name: 'new', type: 'link', root: '/x' },
  ]);
  expect(await listPlugins(newFolder())).toEqual([]);
  expect(await listPlugins(newFolder({ 'package.json': '{"oclif":{"plugins":{}}}' }))).toEqual([]);
});
