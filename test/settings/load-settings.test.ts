import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkFile } from '../../src/settings/check-file.js';
import { type LoadOptions, loadSettings } from '../../src/settings/load-settings.js';
import { maskSecrets } from '../../src/settings/mask-secrets.js';
import { buildTree } from '../../src/settings/merge-layers.js';
import { STARTER_TEXT } from '../../src/settings/starter-file.js';

let root: string;
let cwd: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'almanac-settings-'));
  cwd = path.join(root, 'work/deep');
  await mkdir(cwd, { recursive: true });
  await mkdir(path.join(root, 'user'));
});
afterEach(() => rm(root, { recursive: true }));

const put = (name: string, content: unknown) =>
  writeFile(path.join(root, name), typeof content === 'string' ? content : JSON.stringify(content));
const load = (more: Partial<LoadOptions> = {}) =>
  loadSettings({ cwd, configDir: path.join(root, 'user'), dataDir: '/data', environment: {}, ...more });

describe('loading', () => {
  it('has defaults, and a cache in the data folder', async () => {
    const { settings, cacheFolder, file } = await load();
    expect(file).toBeUndefined();
    expect(settings.providers.binance.restUrl).toBe('https://api.binance.com');
    expect(cacheFolder).toBe('/data/store');
  });

  it('looks upward first, then in the user’s folder', async () => {
    await put('user/almanac.config.json', { cacheDir: 'user-data' });
    expect((await load()).cacheFolder).toBe(path.join(root, 'user/user-data'));
    await put('work/.almanacrc.yaml', 'cacheDir: ./market\n');
    expect((await load()).cacheFolder).toBe(path.join(root, 'work/market'));
    await put('work/deep/package.json', { name: 'x' });
    expect((await load()).cacheFolder).toBe(path.join(root, 'work/market'));
    await put('work/deep/package.json', { name: 'x', almanac: { cacheDir: '/abs' } });
    expect((await load()).cacheFolder).toBe('/abs');
  });

  it('lets the file give way to the environment and that to a flag, and remembers who said what', async () => {
    await put('work/almanac.config.json', {
      cacheDir: 'a',
      providers: { 'alpha-vantage': { apiKey: 'from-file', plan: 'premium' } },
    });
    const environment = {
      ALMANAC_STORE: 'b',
      ALPHA_VANTAGE_API_KEY: 'second',
      ALPHA_VANTAGE_KEY: 'first',
      COINGECKO_DEMO_API_KEY: 'd',
      DERIV_TOKEN: '',
    };
    const loaded = await load({ environment, flags: { cacheDir: 'c' } });
    expect(loaded.cacheFolder).toBe(path.join(cwd, 'c'));
    expect((await load({ environment })).cacheFolder).toBe(path.join(cwd, 'b'));
    const origins = Object.fromEntries(loaded.values.map(({ path: at, origin }) => [at.join('.'), origin.name]));
    expect(origins).toMatchObject({
      cacheDir: '--cache-dir',
      'providers.alpha-vantage.apiKey': 'ALPHA_VANTAGE_KEY',
      'providers.alpha-vantage.plan': path.join(root, 'work/almanac.config.json'),
      'providers.coingecko.plan': 'COINGECKO_DEMO_API_KEY',
      'providers.yahoo.url': 'default',
    });
    expect(loaded.settings.providers.deriv.token).toBeUndefined();
  });

  it('asks a moved archive for its listings too', async () => {
    await put('work/almanac.config.json', { providers: { binance: { archiveUrl: 'http://localhost:1' } } });
    expect((await load()).settings.providers.binance.archiveListUrl).toBe('http://localhost:1');
  });

  it('refuses programs and unreadable files in a sentence, without quoting them', async () => {
    await put('work/almanac.config.js', 'throw new Error("ran")');
    await expect(load()).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('is a program'),
    });
    await expect(load({ file: '../none.json' })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('is not there'),
    });
    await put('work/bad.json', '{"providers": {"alpha-vantage": {"apiKey": "SECRET"}}');
    await put('work/bad.yaml', 'apiKey: "SECRET\n');
    for (const file of ['../bad.json', '../bad.yaml']) {
      const error = (await load({ file }).catch((thrown: unknown) => thrown)) as Error;
      expect(error.message).toContain(path.basename(file));
      expect(error.message).not.toContain('SECRET');
    }
  });
});

describe('checking', () => {
  const messageOf = (content: unknown): string => {
    try {
      checkFile('/x/almanac.config.json', content);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('names the file, the unknown key and the one that was meant', () => {
    expect(messageOf({ cachDir: 'x' })).toBe('/x/almanac.config.json: unknown key cachDir; did you mean cacheDir?');
    expect(messageOf({ providers: { coingecko: { apikey: 'x' } } })).toContain(
      'providers.coingecko.apikey; did you mean apiKey?',
    );
    expect(messageOf({ providers: { binanse: {} } })).toContain('did you mean binance?');
    expect(messageOf({ watch: [{ symbols: ['A'], interval: ['1h'], intervals: ['1h'] }] })).toContain(
      'watch.0.interval; did you mean intervals?',
    );
    expect(messageOf({ limits: { binance: { concurency: 3 } } })).toContain('did you mean concurrency?');
  });

  it('never quotes a value, and lets other people’s providers have their options', () => {
    expect(messageOf({ providers: { 'alpha-vantage': { extendedHours: 'SECRET' } } })).toBe(
      '/x/almanac.config.json: providers.alpha-vantage.extendedHours must be a boolean',
    );
    expect(messageOf({ providers: { kraken: { anything: 1 } }, $schema: 'x' })).toBe('');
    expect(messageOf('text')).toContain('the file must be an object');
  });

  it('accepts the starter file, commented or not', async () => {
    const { defaultLoaders } = await import('cosmiconfig');
    const uncommented = STARTER_TEXT.replace(/^# (?=\s*(-|[a-zA-Z-]+:(\s|$)))/gm, '').replace(/^Keys are.*$/m, '');
    for (const text of [STARTER_TEXT, uncommented])
      expect(messageOf(await defaultLoaders['.yaml']('x', text))).toBe('');
  });
});

describe('secrets', () => {
  it('leave nothing of themselves, not even a length', async () => {
    await put('work/almanac.config.json', {
      providers: {
        'alpha-vantage': { apiKey: 'SECRET-1' },
        kraken: { api_key: 'SECRET-2', nested: [{ token: 'SECRET-3' }] },
        yahoo: { url: 'https://me:SECRET-4@x.com/?apikey=SECRET-5' },
      },
    });
    const { values } = await load({ environment: { DERIV_TOKEN: 'SECRET-6' } });
    const shown = JSON.stringify([maskSecrets(values), buildTree(maskSecrets(values))]);
    expect(shown).not.toContain('SECRET');
    expect(shown).toContain('"plan":"free"');
  });
});
