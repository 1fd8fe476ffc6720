import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { TIMEFRAMES } from '../../../src/market/timeframe.js';
import { findNames } from '../../../src/wiring/completion/find-names.js';
import { listTree, temporaryFolder } from '../../support/temp-folder.js';

const root = temporaryFolder();
const write = (name: string, text = ''): void => {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), text);
};
for (const series of ['BTCUSDT/1d', 'BTCUSDT/1h', 'BTCUSDT@um/1h', '%5EGSPC/1d', 'ETHUSDT/1d', '$(id)/1d'])
  write(`cache/${series}/2024.csv.gz`);
write('cache/Documents/letter.txt');
write('cache/BTCEMPTY/1d/notes.txt');
write('cache/_almanac/quarantine/20240131T120000Z-1a2b3c4d/2024.csv.gz');
write('data/package.json', '{"oclif": {"plugins": [{"name": "almanac-provider-x", "type": "user"}]}}');
write('caches/autocomplete/providers', 'binance\nkraken\n');
write('broken/almanac.config.json', '{"cacheDir"');

const environment = {
  ALMANAC_STORE: path.join(root, 'cache'),
  ALMANAC_DATA_DIR: path.join(root, 'data'),
  ALMANAC_CACHE_DIR: path.join(root, 'caches'),
  ALMANAC_CONFIG_DIR: path.join(root, 'config'),
};
const place = { cwd: root, environment };

describe('findNames', () => {
  it('finds symbols that have bars, and no other folder', async () => {
    expect(await findNames({ kind: 'symbols', typed: 'B' }, place)).toEqual(['BTCUSDT', 'BTCUSDT@um']);
    expect(await findNames({ kind: 'symbols', typed: '' }, place)).toHaveLength(4);
  });

  it('finds the intervals of a symbol, and all where it has none', async () => {
    const kind = 'stored-intervals';
    expect(await findNames({ kind, typed: '', symbol: 'BTCUSDT' }, place)).toEqual(['1h', '1d']);
    expect(await findNames({ kind, typed: '', symbol: 'NEW' }, place)).toBe(TIMEFRAMES);
    expect(await findNames({ kind: 'intervals', typed: '' }, place)).toBe(TIMEFRAMES);
  });

  it('finds what is in quarantine, what is installed, and the providers that were noted', async () => {
    expect(await findNames({ kind: 'quarantine', typed: '' }, place)).toEqual(['20240131T120000Z-1a2b3c4d']);
    expect(await findNames({ kind: 'plugins', typed: '' }, place)).toEqual(['almanac-provider-x']);
    expect(await findNames({ kind: 'providers', typed: '' }, place)).toEqual(['binance', 'kraken']);
  });

  it('looks into the cache that the line names', async () => {
    const sought = { kind: 'symbols' as const, typed: '', cacheDir: './absent' };
    expect(await findNames(sought, place)).toEqual([]);
  });

  it('creates nothing, whatever is absent', async () => {
    const before = listTree(root);
    const nowhere = Object.fromEntries(Object.keys(environment).map((name) => [name, path.join(root, 'nowhere')]));
    for (const kind of ['symbols', 'stored-intervals', 'plugins', 'quarantine'] as const)
      await findNames({ kind, typed: '', symbol: 'BTCUSDT' }, { cwd: root, environment: nowhere });
    await expect(findNames({ kind: 'providers', typed: '' }, { cwd: root, environment: nowhere })).rejects.toThrow();
    expect(listTree(root)).toEqual(before);
  });
});
