import { describe, expect, it } from '@jest/globals';
import type { CommandFacts } from '../../../src/cli/completion/command-facts.js';
import { joinPieces } from '../../../src/cli/completion/join-pieces.js';
import { offerWords } from '../../../src/cli/completion/offer.js';
import { readLine } from '../../../src/cli/completion/read-line.js';

const option = (name: string, more: object = {}) => ({ name, type: 'option' as const, ...more });
const flags = {
  'cache-dir': option('cache-dir'),
  config: option('config'),
  quiet: { name: 'quiet', type: 'boolean' as const, char: 'q' },
  symbols: option('symbols', { delimiter: ',' }),
  intervals: option('intervals', { delimiter: ',', aliases: ['timeframes'] }),
  provider: option('provider'),
  output: option('output', { char: 'o' }),
  format: option('format', { options: ['csv', 'json'] }),
  'start-date': option('start-date'),
};
const command = (id: string, args: readonly string[] = [], aliases: readonly string[] = []): CommandFacts => ({
  ...{ id, aliases, flags },
  args: Object.fromEntries(args.map((name) => [name, {}])),
});
const COMMANDS: readonly CommandFacts[] = [
  command('cache:get', ['symbol', 'interval']),
  command('cache:import', ['file', 'symbol', 'interval']),
  command('cache:restore', ['id']),
  command('cache:list'),
  command('plugins'),
  command('plugins:uninstall', ['plugin'], ['plugins:remove']),
  command('providers:info', ['id']),
  { ...command('autocomplete'), args: { shell: { options: ['bash', 'zsh'] } } },
];
const read = (line: string) => readLine(line.split(' '), COMMANDS);

describe('readLine', () => {
  it.each([
    ['cache get ', 'symbols', ''],
    ['cache get BTC', 'symbols', 'BTC'],
    ['cache get "BTC', 'symbols', 'BTC'],
    ['cache get BTCUSDT 1', 'stored-intervals', '1'],
    ['cache get --quiet BTCUSDT ', 'stored-intervals', ''],
    ['cache get --output x.csv ', 'symbols', ''],
    ['cache get -o ', 'files', ''],
    ['cache get -q ', 'symbols', ''],
    ['cache get -- -x ', 'stored-intervals', ''],
    ['cache get -- -', 'symbols', '-'],
    ['cache import ', 'files', ''],
    ['cache import a.csv B', 'symbols', 'B'],
    ['cache import a.csv B ', 'intervals', ''],
    ['cache restore 2024', 'quarantine', '2024'],
    ['cache list --provider b', 'providers', 'b'],
    ['cache list --provider=b', 'providers', 'b'],
    ['cache list --timeframes 1', 'intervals', '1'],
    ['cache list --cache-dir ', 'folders', ''],
    ['providers info ', 'providers', ''],
    ['plugins uninstall ', 'plugins', ''],
    ['plugins remove a', 'plugins', 'a'],
  ])('%s| asks for %s', (line, kind, typed) => {
    expect(read(line)).toMatchObject({ wanted: { kind }, typed });
  });

  it.each([
    ['autocomplete ', ['bash', 'zsh']],
    ['cache get --format ', ['csv', 'json']],
    ['cache get --format=c', ['csv', 'json']],
    ['cache get --start-date ', []],
    ['cache get --quiet=', []],
    ['cache get --unknown=', []],
    ['cache get A 1d ', []],
  ])('%s| knows the words', (line, words) => {
    expect(read(line)?.wanted).toEqual({ kind: 'words', words });
  });

  it.each([
    '',
    'ca',
    'cache ',
    'cache g',
    'nothing here ',
    'cache get -',
    'cache get A --fo',
    'plugins ',
    'plugins un',
  ])('leaves %j to oclif', (line) => expect(read(line)).toBeUndefined());

  it('keeps what stands before in the same word', () => {
    expect(read('cache list --symbols A,B,C')).toMatchObject({ typed: 'C', kept: 'A,B,', named: ['A', 'B'] });
    expect(read('cache list --symbols=A,')).toMatchObject({ typed: '', kept: '--symbols=A,', named: ['A'] });
    expect(read('cache list --provider a,b')).toMatchObject({ typed: 'a,b', kept: '', named: [] });
  });

  it('says whose intervals, and of which cache', () => {
    const asked = read('cache get --cache-dir=~/x BTC/USD --config y.json 1');
    expect(asked).toMatchObject({ symbol: 'BTC/USD', cacheDir: '~/x', config: 'y.json' });
  });
});

describe('joinPieces', () => {
  it.each([
    [
      ['cache', 'get', 'BTCUSDT', '@', 'u'],
      ['cache', 'get', 'BTCUSDT@u'],
    ],
    [
      ['list', '--symbols', '=', 'A,EURUSD', '=', 'X'],
      ['list', '--symbols=A,EURUSD=X'],
    ],
    [
      ['list', '--symbols', '='],
      ['list', '--symbols='],
    ],
    [
      ['get', 'BTC/USD', ':', 'USDT', '1h', ''],
      ['get', 'BTC/USD:USDT', '1h', ''],
    ],
    [
      ['get', 'EURUSD=X', ''],
      ['get', 'EURUSD=X', ''],
    ],
  ])('%j', (pieces, words) => expect(joinPieces(pieces)).toEqual(words));
});

describe('offerWords', () => {
  const asked = { wanted: { kind: 'symbols' as const }, typed: '', kept: '', named: [] };

  it('offers what any shell takes for a plain word, and nothing else', () => {
    const plain = ['BTCUSDT', 'BTCUSDT@um', 'EURUSD=X', '^GSPC', 'BTC/USD:USDT', 'BRK-B', '1HZ10V', '币安人生USDT'];
    const others = [
      '$(id)',
      '`id`',
      'a b',
      'a;b',
      'a&b',
      'a|b',
      '*',
      'A*',
      '~',
      '!x',
      '-x',
      "a'b",
      'a"b',
      'a\\b',
      '{a}',
    ];
    expect(offerWords([...others, ...plain, 'a>b', 'a,b', '#a', 'a\tb', 'a\nb', 'a\u202eb', ''], asked)).toEqual(plain);
  });

  it('offers each name of a list once, as the whole word', () => {
    const names = ['AA', 'AB', 'BA'];
    expect(offerWords(names, { ...asked, typed: 'A', kept: 'AA,', named: ['AA'] })).toEqual(['AA,AB']);
  });
});
