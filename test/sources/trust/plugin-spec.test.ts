import { describe, expect, it } from '@jest/globals';
import { parsePluginSpec, wholeName } from '../../../src/sources/trust/plugin-spec.js';

describe('parsePluginSpec', () => {
  it.each([
    ['kraken', { kind: 'registry', names: ['almanac-provider-kraken', 'kraken'], range: 'latest' }],
    ['kraken@1.2.0', { kind: 'registry', names: ['almanac-provider-kraken', 'kraken'], range: '1.2.0' }],
    ['almanac-provider-kraken@^1', { kind: 'registry', names: ['almanac-provider-kraken'], range: '^1' }],
    ['@me/candles', { kind: 'registry', names: ['@me/candles'], range: 'latest' }],
    ['@me/candles@next', { kind: 'registry', names: ['@me/candles'], range: 'next' }],
    ['file:/a b/x-1.0.0.tgz', { kind: 'tarball', path: '/a b/x-1.0.0.tgz' }],
    ['file:///a/x.tgz', { kind: 'tarball', path: '/a/x.tgz' }],
    ['file:x.tgz', { kind: 'tarball', path: 'x.tgz' }],
    ['./x.tgz', { kind: 'tarball', path: './x.tgz' }],
    ['x.tar.gz', { kind: 'tarball', path: 'x.tar.gz' }],
    ['owner/repo', { kind: 'remote', spec: 'github:owner/repo' }],
    ['owner/repo#v1', { kind: 'remote', spec: 'github:owner/repo#v1' }],
    ['https://github.com/owner/repo', { kind: 'remote', spec: 'git+https://github.com/owner/repo' }],
    ['https://example.org/x.tgz', { kind: 'remote', spec: 'https://example.org/x.tgz' }],
    ['git+ssh://git@example.org/x.git', { kind: 'remote', spec: 'git+ssh://git@example.org/x.git' }],
    ['git+file:///x', { kind: 'remote', spec: 'git+file:///x' }],
  ])('reads %s', (text, spec) => expect(parsePluginSpec(text)).toEqual(spec));

  it.each([
    ['file:/folder', /is not a packed package/],
    ['./folder', /is not a packed package/],
    ['http://example.org/x.tgz', /would come unencrypted/],
    ['git://example.org/x.git', /would come unencrypted/],
    ['Kraken', /no name of a package/],
    ['kraken@npm:other', /no name of a package/],
    ['../../etc@1', /is not a packed package/],
    ['a b', /no name of a package/],
    ['--prefix', /no name of a package/],
    ['kraken@--prefix', /no name of a package/],
    ['kraken\r\nx', /no name of a package/],
    ['@me', /no name of a package/],
    ['', /no name of a package/],
  ])('refuses %j', (text, message) => expect(() => parsePluginSpec(text)).toThrow(message));

  it('makes a whole name of a short one', () => {
    expect(['kraken', 'almanac-provider-kraken', '@me/candles', 'almanac-x'].map(wholeName)).toEqual([
      'almanac-provider-kraken',
      'almanac-provider-kraken',
      '@me/candles',
      'almanac-x',
    ]);
  });
});
