import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { homeFolders } from '../../src/settings/home-folders.js';

const LISTING = `
  import { Config } from '@oclif/core/config';
  const answers = [];
  for (const environment of JSON.parse(process.argv[1])) {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, environment);
    const { cacheDir, configDir, dataDir } = await Config.load({ root: process.cwd(), userPlugins: false });
    answers.push({ cacheDir, configDir, dataDir });
  }
  console.log(JSON.stringify(answers));
`;

const ENVIRONMENTS = [
  { HOME: '/home/ann' },
  {},
  { HOME: '/home/ann', XDG_DATA_HOME: '/data', XDG_CONFIG_HOME: '/config', XDG_CACHE_HOME: '/cache' },
  { HOME: '/home/ann', XDG_DATA_HOME: '', ALMANAC_CONFIG_DIR: '/own/config' },
  { HOME: '/home/ann', XDG_DATA_HOME: '/data', ALMANAC_DATA_DIR: '/own/data', ALMANAC_CACHE_DIR: '/own/cache' },
];

describe('homeFolders', () => {
  it('are those of oclif', () => {
    const argv = ['--input-type=module', '-e', LISTING, JSON.stringify(ENVIRONMENTS)];
    const env = { ...process.env, NODE_OPTIONS: '' };
    const theirs = JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8', env }));
    expect(ENVIRONMENTS.map((each) => homeFolders(each))).toEqual(theirs);
  });

  it('knows the ways of other systems', () => {
    const { cacheDir } = homeFolders({ HOME: '/Users/ann' }, 'darwin');
    expect(cacheDir).toBe(path.join('/Users/ann', 'Library', 'Caches', 'almanac'));
    const windows = homeFolders({ LOCALAPPDATA: '/local', USERPROFILE: '/Users/ann' }, 'win32');
    expect(windows.dataDir).toBe(path.join('/local', 'almanac'));
    const bare = homeFolders({ USERPROFILE: '/Users/ann' }, 'win32');
    expect(bare.dataDir).toBe(path.join('/Users/ann', '.local', 'share', 'almanac'));
  });
});
