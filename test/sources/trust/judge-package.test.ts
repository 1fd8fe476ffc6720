import { describe, expect, it } from '@jest/globals';
import { judgePackage } from '../../../src/sources/trust/judge-package.js';
import type { PackageFacts } from '../../../src/sources/trust/package-facts.js';

const DAY = 86_400_000;
const NOW = Date.UTC(2024, 5, 15);
const SHIPPED = { packages: ['@almanac/provider-binance', 'zod'], providers: ['binance'] };

const facts = (more: Partial<PackageFacts> = {}): PackageFacts => ({
  ...{ name: 'almanac-provider-x', version: '1.2.3', integrity: 'sha512-a', source: 'npm registry', attested: false },
  ...{ dependencies: [], scripts: [], hosts: [], secrets: [], plugin: true, api: 1, publishedAt: NOW - 30 * DAY },
  ...more,
});
const judge = (more: Partial<PackageFacts> = {}, rules: { allowed?: [string, string][]; allowNew?: boolean } = {}) =>
  judgePackage(facts(more), {
    ...{ shipped: SHIPPED, now: NOW, allowNew: rules.allowNew ?? false, allowed: new Map(rules.allowed) },
  });

describe('judgePackage', () => {
  it('leaves what nothing speaks against to the person', () => expect(judge()).toEqual({ kind: 'ask' }));

  it('knows what was allowed, by its bytes', () => {
    const allowed: [string, string][] = [['almanac-provider-x@1.2.3', 'sha512-a']];
    expect(judge({}, { allowed })).toEqual({ kind: 'allowed' });
    expect(judge({ publishedAt: NOW }, { allowed })).toEqual({ kind: 'allowed' });
    expect(judge({ version: '1.2.4' }, { allowed })).toEqual({ kind: 'ask' });
    expect(judge({ integrity: 'sha512-b' }, { allowed })).toMatchObject({
      reason: expect.stringMatching(/is not the package that/),
    });
  });

  it.each<[string, Partial<PackageFacts>, RegExp]>([
    ['a shipped package', { name: '@almanac/provider-binance' }, /has the name of what ships/],
    ['our scope', { name: '@almanac/provider-new' }, /has the name of what ships/],
    ['a dependency of ours', { name: 'zod' }, /has the name of what ships/],
    ['a shipped provider', { name: 'almanac-provider-binance' }, /ships with Almanac: binance$/],
    ['what is no plugin', { plugin: false }, /is no plugin of Almanac/],
    ['a newer contract', { api: 2 }, /speaks version 2 .* speaks version 1$/],
    ['a release of today', { publishedAt: NOW - 1 }, /was released less than a day ago, and seven days/],
    ['a release of yesterday', { publishedAt: NOW - DAY }, /was released a day ago/],
    ['a release of six days', { publishedAt: NOW - 7 * DAY + 1 }, /was released 6 days ago/],
    ['a release to come', { publishedAt: NOW + DAY }, /was released less than a day ago/],
  ])('refuses %s', (_, more, reason) => {
    const judged = judge(more);
    expect(judged.kind).toBe('refused');
    expect(judged).toMatchObject({ reason: expect.stringMatching(reason) });
  });

  it('refuses a name that is taken also where it is allowed', () => {
    const allowed: [string, string][] = [['almanac-provider-binance@1.2.3', 'sha512-a']];
    expect(judge({ name: 'almanac-provider-binance' }, { allowed }).kind).toBe('refused');
  });

  it('takes young releases where it is told to, and those of seven days', () => {
    expect(judge({ publishedAt: NOW - 1 }, { allowNew: true })).toEqual({ kind: 'ask' });
    expect(judge({ publishedAt: NOW - 7 * DAY })).toEqual({ kind: 'ask' });
  });
});
