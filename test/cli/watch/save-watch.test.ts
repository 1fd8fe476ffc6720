import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { mergeWatch } from '../../../src/cli/watch/merge-watch.js';
import { openWatchFile } from '../../../src/cli/watch/save-watch.js';
import { loadSettings } from '../../../src/settings/load-settings.js';
import { STARTER_TEXT } from '../../../src/settings/starter-file.js';
import { temporaryFolder } from '../../support/temp-folder.js';

const home = temporaryFolder();
const newFolder = () => mkdtempSync(path.join(home, 'x'));
const START = Date.UTC(2024, 0, 1);
const demand = (symbols: string[], timeframes: ('1h' | '1d' | '5m')[], start?: number) => ({
  symbols,
  timeframes,
  ...(start === undefined ? {} : { start }),
});

describe('mergeWatch', () => {
  it('begins a list, with a day or an instant', () => {
    expect(mergeWatch([], [demand(['A', 'B'], ['1h', '1d'], START), demand(['C'], ['1h'], START + 1)])).toEqual([
      { symbols: ['A', 'B'], intervals: ['1h', '1d'], since: '2024-01-01' },
      { symbols: ['C'], intervals: ['1h'], since: '2024-01-01T00:00:00.001Z' },
    ]);
  });

  it('adds nothing that is there, however it is written', () => {
    const watch = [{ symbols: ['A', 'B'], intervals: ['60m', '1D'], since: '2023-01-01' }];
    expect(mergeWatch(watch, [demand(['B'], ['1h'], START), demand(['A'], ['1d'], START)])).toEqual(watch);
    const whole = [{ symbols: ['A'], intervals: ['1h'] }];
    expect(mergeWatch(whole, [demand(['A'], ['1h'], START)])).toEqual(whole);
  });

  it('adds an earlier beginning, and what reaches as far as there is', () => {
    const watch = [{ symbols: ['A'], intervals: ['1h'], since: '2024-01-01' }];
    expect(mergeWatch(watch, [demand(['A'], ['1h'], START - 86_400_000)])).toHaveLength(2);
    expect(mergeWatch(watch, [demand(['A'], ['1h'])])[1]).toEqual({ symbols: ['A'], intervals: ['1h'] });
  });

  it('joins an entry that says the same otherwise', () => {
    const watch = [{ symbols: ['A'], intervals: ['1h'], since: '2024-01-01' }];
    expect(mergeWatch(watch, [demand(['B', 'A'], ['1h'], START)])).toEqual([
      { symbols: ['A', 'B'], intervals: ['1h'], since: '2024-01-01' },
    ]);
    expect(mergeWatch(watch, [demand(['A'], ['1h', '1d'], START)])).toEqual([
      { symbols: ['A'], intervals: ['1h', '1d'], since: '2024-01-01' },
    ]);
    expect(watch[0]?.symbols).toEqual(['A']);
  });
});

describe('openWatchFile', () => {
  it('makes a file where there is none', async () => {
    const folder = newFolder();
    const target = await openWatchFile(undefined, folder);
    expect(readdirSync(folder)).toEqual([]);
    expect(await target.save([demand(['A'], ['1h'])])).toBe(true);
    expect(readFileSync(path.join(folder, 'almanac.config.json'), 'utf8')).toBe(
      '{\n  "watch": [\n    {\n      "symbols": [\n        "A"\n      ],\n      "intervals": [\n        "1h"\n      ]\n    }\n  ]\n}\n',
    );
  });

  it('leaves everything else as it was, and the file as private as it was', async () => {
    const folder = newFolder();
    const file = path.join(folder, 'almanac.config.json');
    const content = { cacheDir: './m', providers: { kraken: { secret: 'CANARYKEY', deep: [1, { a: null }] } }, x: 1 };
    writeFileSync(file, `\ufeff${JSON.stringify(content)}`);
    chmodSync(file, 0o600);
    const target = await openWatchFile(file, '/nowhere');
    expect(await target.save([demand(['A'], ['1h'])])).toBe(true);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      ...content,
      watch: [{ symbols: ['A'], intervals: ['1h'] }],
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = statSync(file).mtimeMs;
    expect(await target.save([demand(['A'], ['1h'])])).toBe(false);
    expect(statSync(file).mtimeMs).toBe(before);
    expect(readdirSync(folder)).toEqual(['almanac.config.json']);
  });

  it('writes through a link, and into package.json under its key', async () => {
    const folder = newFolder();
    const file = path.join(folder, 'package.json');
    writeFileSync(file, JSON.stringify({ name: 'mine', almanac: { cacheDir: 'x' } }));
    symlinkSync(file, path.join(folder, 'almanac.config.json'));
    await (await openWatchFile(file, folder)).save([demand(['A'], ['1h'])]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      name: 'mine',
      almanac: { cacheDir: 'x', watch: [{ symbols: ['A'], intervals: ['1h'] }] },
    });
    const real = path.join(folder, 'real.json');
    const link = path.join(folder, '.almanacrc.json');
    writeFileSync(real, '{}');
    symlinkSync(real, link);
    await (await openWatchFile(link, folder)).save([demand(['B'], ['1d'])]);
    expect(JSON.parse(readFileSync(real, 'utf8')).watch).toHaveLength(1);
    expect(readFileSync(link, 'utf8')).toBe(readFileSync(real, 'utf8'));
  });

  it('changes YAML as a document: comments and other entries stay as they were written', async () => {
    const folder = newFolder();
    const file = path.join(folder, '.almanacrc.yaml');
    const head = '# mine\ncacheDir: ./m # here\nwatch:\n  # the first\n  - symbols: [A]\n    intervals: [ 1h ]\n';
    writeFileSync(file, `${head}routes: []\n`);
    expect(await (await openWatchFile(file, folder)).save([demand(['B', 'C'], ['1d'], START)])).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(
      `${head.replace('[ 1h ]', '[1h]')}  - symbols: [B, C]\n    intervals: [1d]\n    since: '2024-01-01'\nroutes: []\n`,
    );
    expect(await (await openWatchFile(file, folder)).save([demand(['A'], ['1h'])])).toBe(false);
  });

  it('writes into what `config init` writes, which is read again', async () => {
    const folder = newFolder();
    const file = path.join(folder, '.almanacrc.yaml');
    writeFileSync(file, STARTER_TEXT);
    await (await openWatchFile(file, folder)).save([demand(['A'], ['1h', '5m'], START)]);
    const text = readFileSync(file, 'utf8');
    for (const line of STARTER_TEXT.split('\n')) expect(text.split('\n')).toContain(line);
    const { settings } = await loadSettings({ cwd: folder, dataDir: folder, environment: {} });
    expect(settings.watch).toEqual([{ symbols: ['A'], intervals: ['1h', '5m'], since: '2024-01-01' }]);
  });

  it('takes a file without an extension for what it is', async () => {
    const folder = newFolder();
    const file = path.join(folder, '.almanacrc');
    for (const [text, then] of [
      ['{"cacheDir":"x"}', '{'],
      ['cacheDir: x\n', 'cacheDir: x\n'],
      ['# nothing yet\n', '# nothing yet\n'],
    ] as const) {
      writeFileSync(file, text);
      await (await openWatchFile(file, folder)).save([demand(['A'], ['1h'])]);
      expect(readFileSync(file, 'utf8').startsWith(then)).toBe(true);
      expect(await (await openWatchFile(file, folder)).save([demand(['A'], ['1h'])])).toBe(false);
    }
  });

  it.each([
    ['.almanacrc.yaml', 'cacheDir: [\napiKey: CANARYKEY\n', 'is not valid YAML'],
    ['almanac.config.json', '{"apiKey": "CANARYKEY",}', 'is not valid JSON'],
    ['.almanacrc.yaml', '- CANARYKEY\n', 'must be an object'],
  ])('refuses what cannot be read before any work, and shows nothing of it: %s', async (name, text, message) => {
    const folder = newFolder();
    const file = path.join(folder, name);
    writeFileSync(file, text);
    const error = await openWatchFile(file, folder).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', message: `${file} ${message}` });
    expect(JSON.stringify(error)).not.toContain('CANARYKEY');
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(readdirSync(folder)).toEqual([name]);
  });
});
