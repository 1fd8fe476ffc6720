import { describe, expect, it } from '@jest/globals';
import { checkNetwork, type ProbeParts, probeProvider } from '../../../src/operations/doctor/check-providers.js';
import type { Probe } from '../../../src/provider/index.js';
import { createHost } from '../../../src/sources/host/create-host.js';
import { ProviderError } from '../../../src/sources/provider-error.js';
import type { PreparedProvider } from '../../../src/sources/registry/prepare-provider.js';
import { fakeProvider } from '../../support/fake-provider.js';

const NOW = Date.parse('2024-06-01T00:00:00Z');

function prepared(
  probe: (() => Promise<Probe>) | undefined,
  more: { readonly hosts?: readonly string[]; readonly key?: 'missing' | 'bad' } = {},
): PreparedProvider {
  const { hosts = ['https://fake.example'], key } = more;
  const provider = fakeProvider({ capabilities: { hosts }, ...(probe === undefined ? {} : { probe }) });
  return {
    provider,
    plugin: { name: 'p', version: '1.0.0', type: 'core', root: '/p' },
    keys: key === 'missing' ? [{ option: 'apiKey', env: ['FAKE_KEY'], required: true, set: false }] : [],
    ready: true,
    given: {},
    options: {},
    capabilities: provider.capabilities({}),
  };
}

async function ask(each: PreparedProvider, parts: Partial<ProbeParts> = {}) {
  const host = await createHost(each.provider, { options: {} });
  try {
    return await probeProvider(each, { host: async () => host, now: () => NOW, ...parts });
  } finally {
    await host.close();
  }
}

const fails = (code: 'AUTH' | 'THROTTLED' | 'UNAVAILABLE', suggestion?: string) =>
  prepared(async () => {
    throw new ProviderError('fake', code, `Fake: ${code} said`, suggestion === undefined ? {} : { suggestion });
  });

describe('a provider', () => {
  it('that answers is fine, and says what it said', async () => {
    expect(await ask(prepared(async () => ({ detail: 'up' })))).toEqual({
      check: 'fake',
      state: 'fine',
      detail: 'up (0 ms)',
    });
    expect((await ask(prepared(undefined))).detail).toContain('no way to try it');
  });

  it('that refuses or fails is wrong; one that only wants time or a key is not', async () => {
    expect(await ask(fails('AUTH', 'export FAKE_KEY=…'))).toEqual({
      check: 'fake',
      state: 'wrong',
      detail: 'AUTH said',
      next: 'export FAKE_KEY=…',
    });
    expect((await ask(fails('UNAVAILABLE'))).next).toBe('almanac providers info fake');
    expect((await ask(fails('THROTTLED'))).state).toBe('warning');
    const keyless = await ask(prepared(async () => ({ detail: 'never asked' }), { key: 'missing' }));
    expect(keyless).toMatchObject({ state: 'warning', next: 'export FAKE_KEY=…' });
  });

  it('that never answers is given up', async () => {
    const silent = prepared(() => new Promise(() => undefined));
    expect(await ask(silent, { patienceMs: 20 })).toMatchObject({
      state: 'wrong',
      detail: 'does not answer within 0.02 s',
    });
  });

  it('with another clock is told of, unless ours is frozen; a simulated one says how to follow it', async () => {
    const apart = async () => ({ detail: 'up', serverTime: NOW - 60_000 });
    expect(await ask(prepared(apart))).toMatchObject({
      state: 'warning',
      detail: 'answers, but its clock says 2024-05-31T23:59:00Z, ours 2024-06-01T00:00:00Z',
      next: expect.stringContaining('set this machine’s clock'),
    });
    expect((await ask(prepared(apart), { frozen: true })).state).toBe('fine');
    expect((await ask(prepared(async () => ({ detail: 'up', serverTime: NOW - 9000 })))).state).toBe('fine');
    const simulated = await ask(prepared(apart, { hosts: ['http://127.0.0.1:1'] }));
    expect(simulated.next).toBe('export ALMANAC_NOW=2024-05-31T23:59:00Z');
  });
});

it('blames the network where nobody answers', async () => {
  const down = await ask(fails('UNAVAILABLE'));
  const keyless = await ask(prepared(undefined, { key: 'missing' }));
  expect(checkNetwork([down, down, keyless])).toMatchObject([{ check: 'network', state: 'warning' }]);
  expect(checkNetwork([down, await ask(prepared(undefined))])).toEqual([]);
  expect(checkNetwork([down])).toEqual([]);
});
