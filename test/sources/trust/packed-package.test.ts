import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { parseAllowList } from '../../../src/sources/trust/allow-list.js';
import { readManifest } from '../../../src/sources/trust/package-facts.js';
import { measureIntegrity, readPackageJson } from '../../../src/sources/trust/read-tarball.js';
import { packFiles, packPlugin } from '../../support/pack-plugin.js';

describe('a packed package', () => {
  it('is read without being unpacked', () => {
    expect(readPackageJson(packPlugin('x', ''), 'x.tgz')).toMatchObject({ name: 'x', version: '1.2.3' });
    expect(readPackageJson(packFiles({ 'package.json': '{"name":"y"}' }, 'any'), 'y.tgz')).toEqual({ name: 'y' });
  });

  it('is judged by the package.json that npm would use: the last, and the outermost', () => {
    const files = { 'package.json': '{"name":"first"}', 'deep/package.json': '{"name":"deep"}' };
    const again = { './package.json': '{"name":"last"}' };
    expect(readPackageJson(packFiles({ ...files, ...again }), 'x.tgz')).toEqual({ name: 'last' });
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['nothing', Buffer.alloc(0), /is not a sound packed package/],
    ['no gzip', Buffer.from('hello'), /is not a sound packed package/],
    ['noise in gzip', gzipSync(Buffer.alloc(2048, 'x')), /is not a sound packed package/],
    ['no package.json', packFiles({ 'index.js': '' }), /holds no package.json/],
    ['a package.json that is no JSON', packFiles({ 'package.json': '{' }), /is not a sound packed package/],
  ])('is refused where it holds %s', (_, bytes, message) =>
    expect(() => readPackageJson(bytes, 'x.tgz')).toThrow(message),
  );

  it('has the integrity that npm writes', () =>
    expect(measureIntegrity(Buffer.from('abc'))).toBe(
      'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==',
    ));
});

describe('its package.json', () => {
  it('says what matters', () => {
    const manifest = readManifest(
      {
        ...{ name: 'x', version: '1.0.0-rc.1', oclif: {}, dependencies: { b: '1' }, optionalDependencies: { a: '2' } },
        ...{ scripts: { postinstall: 'x', test: 'y' } },
        almanac: { api: 1, hosts: ['https://x.example'], secrets: ['X_KEY'], other: true },
      },
      'x',
    );
    expect(manifest).toEqual({
      ...{ name: 'x', version: '1.0.0-rc.1', dependencies: ['a', 'b'], scripts: ['postinstall'], api: 1 },
      ...{ hosts: ['https://x.example'], secrets: ['X_KEY'], plugin: true },
    });
  });

  it('may say nothing of it', () =>
    expect(readManifest({ name: 'x', version: '1.0.0' }, 'x')).toMatchObject({
      hosts: [],
      secrets: [],
      plugin: false,
    }));

  it.each<[string, unknown]>([
    ['no object', null],
    ['no name', { version: '1.0.0' }],
    ['a name that leaves its folder', { name: '../x', version: '1.0.0' }],
    ['a name of two lines', { name: 'x\r\ny', version: '1.0.0' }],
    ['no version', { name: 'x' }],
    ['a version that is none', { name: 'x', version: '1.0.0 --force' }],
    ['hosts that are no list', { name: 'x', version: '1.0.0', almanac: { hosts: 'all' } }],
  ])('is refused where it is %s', (_, value) =>
    expect(() => readManifest(value, 'x.tgz')).toThrow(/^the package.json of x.tgz is wrong: /),
  );
});

describe('the allow-list', () => {
  const integrity = measureIntegrity(Buffer.from('abc'));

  it('is a JSON object', () =>
    expect(parseAllowList(`{"@me/x@1.0.0": "${integrity}"}`, 'f')).toEqual(new Map([['@me/x@1.0.0', integrity]])));

  it.each([
    ['{', /f: it is not JSON/],
    ['[]', /f: it is not a JSON object/],
    [`{"x": "${integrity}"}`, /f: "x" is not name@version/],
    [`{"x@^1": "${integrity}"}`, /f: "x@\^1" is not name@version/],
    ['{"x@1.0.0": "sha1-x"}', /the integrity of x@1.0.0 is not a sha512/],
  ])('is refused as %s', (text, message) => expect(() => parseAllowList(text, 'f')).toThrow(message));
});
