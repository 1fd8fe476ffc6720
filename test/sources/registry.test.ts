import { describe, expect, it } from '@jest/globals';
import type { Hook } from '@oclif/core/hooks';
import { type DeclaringPlugin, loadProviders } from '../../src/sources/registry.js';
import { fakeProvider } from '../support/fake-provider.js';

type Result = Hook.Result<unknown>;
type PluginOf = Result['successes'][number]['plugin'];

/** A plugin as oclif would run it: `answer` is what its hook does. */
function plugin(
  name: string,
  answer: () => Promise<unknown> | unknown,
  more: Partial<DeclaringPlugin> = {},
): DeclaringPlugin {
  const facts = { name, version: '1.2.3', type: 'user', root: `/plugins/${name}` };
  const of = facts as unknown as PluginOf;
  return {
    ...facts,
    hooks: 1,
    async run(): Promise<Result> {
      try {
        return { successes: [{ plugin: of, result: await answer() }], failures: [] };
      } catch (error) {
        return { successes: [], failures: [{ plugin: of, error: error as Error }] };
      }
    },
    ...more,
  };
}

const later = <T>(ms: number, value: T) => new Promise<T>((resolve) => setTimeout(resolve, ms, value));

describe('the registry', () => {
  it('lists by id, whoever answers first', async () => {
    const plugins = [
      plugin('slow', () => later(30, [fakeProvider({ id: 'alpha' })])),
      plugin('quick', () => [fakeProvider({ id: 'zeta' }), fakeProvider({ id: 'beta' })]),
    ];
    const { providers, failures } = await loadProviders(plugins);
    expect(providers.map(({ provider, plugin: { name } }) => [provider.id, name])).toEqual([
      ['alpha', 'slow'],
      ['beta', 'quick'],
      ['zeta', 'quick'],
    ]);
    expect(providers[0]?.plugin).toEqual({ name: 'slow', version: '1.2.3', type: 'user', root: '/plugins/slow' });
    expect(failures).toEqual([]);
  });

  it('reports a broken plugin and keeps the others', async () => {
    const plugins = [
      plugin('sound', () => [fakeProvider({ id: 'sound' })]),
      plugin('throws', () => Promise.reject(Object.assign(new Error('no such lib\nat x'), { oclif: { exit: 2 } }))),
      plugin('throws-a-string', () => Promise.reject('boo')),
      plugin('runs-away', () => undefined, { run: () => Promise.reject(new Error('gone')) }),
    ];
    const { providers, failures } = await loadProviders(plugins);
    expect(providers.map(({ provider }) => provider.id)).toEqual(['sound']);
    expect(failures.map(({ plugin: { name }, reason }) => [name, reason])).toEqual([
      ['runs-away', 'it failed to load: gone'],
      ['throws', 'it failed to load: no such lib'],
      ['throws-a-string', 'it failed to load: boo'],
    ]);
  });

  it('says so where oclif passed over a misspelt export in silence', async () => {
    const silent = plugin('misspelt', () => undefined, { run: async () => ({ successes: [], failures: [] }) });
    const { failures } = await loadProviders([silent]);
    expect(failures[0]?.reason).toContain('declares providers but exports none');
  });

  it('gives up on one that never answers, and still has the rest', async () => {
    const never = plugin('never', () => new Promise(() => undefined));
    const { providers, failures } = await loadProviders([never, plugin('fine', () => [fakeProvider({ id: 'a' })])], 20);
    expect(providers).toHaveLength(1);
    expect(failures[0]?.reason).toBe('it did not finish loading within 0.02 s');
  });

  it('keeps what ships where somebody else takes its name, and says so', async () => {
    const shipped = fakeProvider({ id: 'same' });
    const { providers, failures } = await loadProviders([
      plugin('theirs', () => [fakeProvider({ id: 'same' }), fakeProvider({ id: 'other' })]),
      plugin('ours', () => [shipped], { type: 'core' }),
    ]);
    expect(providers.map(({ provider }) => provider.id)).toEqual(['other', 'same']);
    expect(providers[1]?.provider).toBe(shipped);
    expect(failures).toMatchObject([
      {
        ...{ provider: 'same', plugin: { name: 'theirs' } },
        reason: 'its provider same is not used: Almanac ships one of that name',
      },
    ]);
  });

  it('uses nobody where two offer one id, and names both with their versions', async () => {
    const { providers, failures } = await loadProviders([
      plugin('first', () => [fakeProvider({ id: 'same' }), fakeProvider({ id: 'other' })], { type: 'link' }),
      plugin('second', () => [fakeProvider({ id: 'same' })]),
      plugin('twice', () => [fakeProvider({ id: 'mine' }), fakeProvider({ id: 'mine' })]),
    ]);
    expect(providers.map(({ provider }) => provider.id)).toEqual(['other']);
    expect(failures).toMatchObject([
      { provider: 'same', plugin: { name: 'first' } },
      { provider: 'mine', reason: 'it offers provider mine 2 times; none is used' },
    ]);
    expect(failures[0]?.reason).toBe(
      'provider same is offered by first 1.2.3 (link) and by second 1.2.3 (user); none is used',
    );
  });

  it.each<[string, unknown, RegExp]>([
    ['another version of the contract', { ...fakeProvider({}), api: 2 }, /speaks version 2 .* speaks version 1/],
    ['no version', { ...fakeProvider({}), api: undefined }, /speaks no version/],
    ['a title that moves the cursor', { ...fakeProvider({}), title: 'a\u001b[2J' }, /^title: /],
    ['an id with capitals', { ...fakeProvider({}), id: 'Kraken' }, /^id: must be lower case with dashes/],
    ['a missing method', { ...fakeProvider({}), bars: undefined }, /^bars: must be a function/],
    ['half an archive', { ...fakeProvider({}), archive: { files: () => [] } }, /^archive.read: /],
    ['no schema', { ...fakeProvider({}), options: {} }, /^options: must be a Standard Schema/],
    [
      'a sample of no timeframe',
      { ...fakeProvider({}), samples: { known: {}, unknown: 'x' } },
      /^samples.known.symbol/,
    ],
    ['nothing', null, /not an object/],
  ])('refuses %s', async (_, value, reason) => {
    const { providers, failures } = await loadProviders([plugin('js', () => [value])]);
    expect(providers).toEqual([]);
    expect(failures[0]?.reason).toMatch(reason);
  });

  it('refuses what is not a list, and takes an instance of a class as it is', async () => {
    expect((await loadProviders([plugin('x', () => 'binance')])).failures[0]?.reason).toContain('not a list');
    class Kraken {}
    const instance = Object.assign(new Kraken(), fakeProvider({ id: 'kraken' }));
    expect((await loadProviders([plugin('k', () => [instance])])).providers[0]?.provider).toBe(instance);
  });
});
