import { describe, expect, it } from '@jest/globals';
import { parseDeclaration } from '../../../src/sources/declared/parse-declaration.js';
import { declaration } from '../../support/declaration.js';

async function faultOf(text: string, form: 'json' | 'yaml' = 'json'): Promise<string> {
  const parsed = await parseDeclaration(text, form);
  return 'fault' in parsed ? `${parsed.fault.at} ${parsed.fault.what}` : 'none';
}

const write = (more: Readonly<Record<string, unknown>>): string => JSON.stringify(declaration(more));
const at = (url: string): string => write({ baseUrl: url });

it('takes what is right, in JSON and in YAML', async () => {
  expect(await faultOf(write({}))).toBe('none');
  expect(await faultOf(write({}), 'yaml')).toBe('none');
});

describe('what a file may not hold', () => {
  it.each([
    ['a prototype', write({}).replace('"api":1', '"__proto__":{"x":1},"api":1'), '/__proto__ is a name that no file'],
    ['a constructor, deep', write({ market: { constructor: 1 } }), '/market/constructor is a name that no file'],
    ['a way out of the path', write({ request: { path: '/a/../{native}' } }), '/request/path has ".."'],
    ['the same, encoded', write({ request: { path: '/a/%2e%2E/{native}' } }), '/request/path has ".."'],
    ['a way out as a symbol', write({ symbols: { aliases: { X: '..' } } }), '/symbols/aliases/X has ".."'],
    [
      'a line break in a header',
      write({ request: { headers: { a: 'b\r\nc: d' } } }),
      '/request/headers/a has a line break',
    ],
    ['a line break in a name', write({ request: { headers: { 'a\r\nb': 'c' } } }), 'has a line break'],
    ['code', write({ id: 'mine', script: 'process.exit()' }), '/script is not a key of this form'],
    ['a pattern that takes for ever', write({ routes: [{ match: '*a*a*a*a*a' }] }), '/routes/0/match may have three'],
    ['a header of the host’s', write({ request: { path: '/{native}', headers: { Host: 'x' } } }), 'sets itself'],
  ])('%s', async (_what, text, said) => {
    expect(await faultOf(text)).toContain(said);
  });
});

describe('where a file may not lead', () => {
  it.each([
    ['http://api.mine.example', 'must begin with https://'],
    ['ftp://api.mine.example', 'must begin with https://'],
    ['https://10.1.2.3', 'private address'],
    ['https://192.168.0.1/api', 'private address'],
    ['https://172.16.9.9', 'private address'],
    ['https://169.254.169.254', 'private address'],
    ['https://0x0a.1.2.3', 'private address'],
    ['https://167772161', 'private address'],
    ['https://[fd00::1]', 'private address'],
    ['https://[::ffff:10.0.0.1]', 'private address'],
    ['http://localhost:8080', 'must begin with https://'],
    ['https://localhost', 'names a machine of a private network'],
    ['https://router', 'names a machine of a private network'],
    ['https://nas.local', 'names a machine of a private network'],
    ['https://me:secret@api.mine.example', 'must not hold a name or password'],
    ['https://api.mine.example/?key=1', 'must end before ?'],
    ['https://', 'must be an address'],
  ])('%s', async (url, said) => {
    expect(await faultOf(at(url))).toMatch(new RegExp(`^/baseUrl .*${said.replace('?', '\\?')}`));
  });

  it.each(['http://127.0.0.1:8080', 'http://[::1]:8080', 'https://api.mine.example/v2'])('%s is right', async (url) => {
    expect(await faultOf(at(url))).toBe('none');
  });
});

describe('keys', () => {
  const asking = (env: string, id = 'mine'): string =>
    write({ id, secrets: { apiKey: { env: [env], required: true, header: 'X-Api-Key' } } });

  it('are a file’s own, by their name', async () => {
    expect(await faultOf(asking('ALMANAC_MINE_KEY'))).toBe('none');
    for (const name of ['ALPHA_VANTAGE_KEY', 'AWS_SECRET_ACCESS_KEY', 'ALMANAC_OTHER_KEY'])
      expect(await faultOf(asking(name))).toBe(
        '/secrets/apiKey/env/0 must begin with ALMANAC_MINE_: a file may ask for its own keys only; write ALMANAC_MINE_KEY',
      );
  });

  it('go to one place', async () => {
    const both = { env: ['ALMANAC_MINE_KEY'], required: true, header: 'X', query: 'y' };
    expect(await faultOf(write({ secrets: { apiKey: both } }))).toContain('"header" or "query", one of them');
  });
});

describe('what is told of a mistake', () => {
  it.each([
    [
      { rows: { ...(declaration().rows as object), tiem: 0 } },
      '/rows/tiem is not a key of this form; did you mean time?',
    ],
    [{ limits: undefined }, '/limits is missing; it must be an object: {…}'],
    [{ name: 7 }, '/name must be a text in quotes'],
    [{ market: { assetClass: 'crypto', calendar: 'XWAR' } }, '/market/calendar must be one of 24x7, fx'],
    [{ market: { assetClass: 'bonds', calendar: '24x7' } }, '/market/assetClass must be one of crypto, equity'],
    [
      { timeframes: { '7h': { code: 1, reach: { days: 1 } } } },
      '/timeframes/7h is not a key of this form; did you mean ',
    ],
    [{ timeframes: { '1h': { code: 1, reach: {} } } }, '/timeframes/1h/reach must be one of {"since"'],
    [{ timeframes: {} }, '/timeframes must have at least one'],
    [{ request: { path: '/{nativ}' } }, '/request/path has {nativ}, which is no variable; there are {native}'],
    [{ request: { path: '/x' } }, '/request must say where to start'],
    [{ paging: { style: 'cursor', barsPerRequest: 10 } }, '/paging/cursor belongs to "style": "cursor"'],
    [
      { paging: { style: 'forwards', barsPerRequest: 10 } },
      '/paging/style must be one of none, forward, backward, cursor',
    ],
    [
      { paging: { style: 'forward', barsPerRequest: 0 } },
      '/paging/barsPerRequest must be a whole number from 1 to 50000',
    ],
    [{ time: { unit: 's', zone: 'Europe/Warsaw' } }, '/time/zone has a zone, which only times written as text'],
    [{ time: { unit: 'iso', zone: 'Mars/Olympus' } }, '/time/zone must be a zone such as America/New_York'],
    [
      { symbols: { accept: ['{base}-{quote}'], native: '{base}' } },
      '/symbols has a form with {quote}, and no "quotes"',
    ],
    [
      {
        samples: {
          known: { symbol: 'AAPL', timeframe: '1h', start: '2024-01-01', end: '2024-01-02' },
          unknown: 'X-USD',
        },
      },
      '/samples/known/symbol must be a symbol that the rules above take',
    ],
    [{ rows: { ...(declaration().rows as object), open: 'o' } }, '/rows/open must be a pointer such as /'],
  ])('%j', async (more, said) => {
    expect(await faultOf(write(more as Record<string, unknown>))).toContain(said);
  });

  it('never quotes a value: it may be a key', async () => {
    expect(await faultOf(write({ id: 'CANARY key', baseUrl: 'CANARY' }))).not.toContain('CANARY');
    expect(await faultOf('{"api": 1, CANARY')).toBe(' is not valid JSON at line 1, column 12');
  });
});

describe('YAML', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x]',
    ...'bcdefghi'.split('').map((name, i) => `${name}: &${name} [${`*${'abcdefgh'[i]},`.repeat(8)}]`),
  ].join('\n');

  it.each([
    ['a bomb of references', bomb, /^ has a reference \(\*\) at line 2, column \d+; write out/],
    ['a tag', 'api: !!js/function "x"', /^ is not plain YAML at line 1, column 6$/],
    ['a key twice', 'api: 1\napi: 1', /^ is not plain YAML at line 2/],
    ['two documents', 'api: 1\n---\napi: 1', /^ is not plain YAML/],
    ['a prototype', '__proto__: { x: 1 }', /^\/__proto__ is a name that no file may use/],
    ['nothing', '', /^ must hold one object/],
  ])('%s', async (_what, text, said) => {
    const begun = performance.now();
    expect(await faultOf(text, 'yaml')).toMatch(said);
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  it('larger than any declaration is not read', async () => {
    expect(await faultOf(`# ${'x'.repeat(1024 * 1024)}`, 'yaml')).toBe(
      ' is larger than 64 KiB, which no declaration needs',
    );
  });
});
