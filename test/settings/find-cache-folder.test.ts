import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findCacheFolder } from '../../src/settings/find-cache-folder.js';
import { loadSettings } from '../../src/settings/load-settings.js';
import { temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
const at = (name: string): string => path.join(root, name);
const write = (name: string, text: string): string => {
  mkdirSync(path.dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
  return at(name);
};
write('json/almanac.config.json', '{"cacheDir": "../mine"}');
write('json/below/again/empty.txt', '');
write('yaml/.almanacrc', 'cacheDir: ~/bars\n');
write('silent/almanac.config.json', '{"providers": {}}');
write('plain/empty.txt', '');
const named = write('elsewhere/named.json', '{"cacheDir": "here"}');
write('config/almanac.config.json', '{"cacheDir": "/from/config"}');

/** Completion asks in its own, quicker way: it must never offer the names of another cache than the command reads. */
describe('findCacheFolder', () => {
  it.each([
    ['a file', { cwd: at('json') }, {}],
    ['a file above', { cwd: at('json/below/again') }, {}],
    ['a home folder', { cwd: at('yaml') }, {}],
    ['a file that does not say', { cwd: at('silent') }, {}],
    ['the config folder', { cwd: at('plain') }, {}],
    ['nothing at all', { cwd: at('plain'), configDir: at('absent') }, {}],
    ['a named file', { cwd: at('json'), file: named }, {}],
    ['the environment', { cwd: at('json') }, { ALMANAC_STORE: 'env' }],
    ['an empty variable', { cwd: at('json') }, { ALMANAC_STORE: '' }],
    ['a flag', { cwd: at('json'), flag: 'typed' }, { ALMANAC_STORE: 'env' }],
    ['an empty flag', { cwd: at('json'), flag: '' }, {}],
  ])('agrees with the settings on %s', async (_, given, environment) => {
    const places = { configDir: at('config'), dataDir: at('data'), file: undefined, flag: undefined, ...given };
    const { cacheFolder } = await loadSettings({ ...places, environment, flags: { cacheDir: places.flag } });
    expect(await findCacheFolder({ ...places, environment })).toBe(cacheFolder);
  });

  it('looks at nothing else of the file', async () => {
    const file = write('odd.json', '{"cacheDir": "odd", "unknown": [1]}');
    const places = { cwd: root, configDir: root, dataDir: root, file, environment: {} };
    expect(await findCacheFolder(places)).toBe(at('odd'));
  });
});
