import { describe, expect, it } from '@jest/globals';
import { parseSymbol } from '../../src/market/symbol.js';
import type { AnyProvider } from '../../src/provider/index.js';
import { compileProvider } from '../../src/sources/declared/compile-provider.js';
import { joinDeclared } from '../../src/sources/declared/join-declared.js';
import { parseDeclaration } from '../../src/sources/declared/parse-declaration.js';
import { type PreparedProvider, prepareProvider } from '../../src/sources/registry/prepare-provider.js';
import { readRules } from '../../src/sources/route/read-rules.js';
import { route } from '../../src/sources/route.js';
import { declaration } from '../support/declaration.js';
import { fakeProvider } from '../support/fake-provider.js';

const loaded = {
  settings: { providers: {}, routes: [], limits: {}, watch: [], calendars: [] },
  values: [],
  file: undefined,
};
const plugin = { name: 'almanac-provider-gpw', version: '1.0.0', type: 'user', root: '/plugins/gpw' };
const NOW = Date.parse('2024-06-01T00:00:00Z');

async function routed(providers: readonly AnyProvider[], symbol: string) {
  const registered = providers.map((provider) => ({ provider, plugin }));
  const prepared = await Promise.all(registered.map((each) => prepareProvider(each, loaded as never, {})));
  const rules = readRules(loaded as never, registered);
  const wanted = { symbol: parseSymbol(symbol), timeframe: '1h', purpose: 'primary', now: NOW } as const;
  return route(wanted, { providers: prepared as PreparedProvider[], rules });
}

const yahoo = fakeProvider({ id: 'yahoo', market: { assetClass: 'equity' } });

describe('a provider’s own market', () => {
  it('is what a plugin’s code says: class, calendar, grid, symbols, and who is asked first', async () => {
    const gpw = fakeProvider({
      id: 'gpw',
      market: { assetClass: 'index', calendar: 'XFRA' },
      instrument: ({ symbol }) =>
        symbol.startsWith('GPW:') ? { symbol, native: symbol.slice(4), assetClass: 'index' } : undefined,
      capabilities: {
        markets: [
          {
            assetClass: 'index',
            calendar: 'XFRA',
            days: 'weekdays',
            volume: 'none',
            timeframes: [{ timeframe: '1h', barsPerRequest: 10, grid: 'session' }],
          },
        ],
      },
      routes: [{ match: 'GPW:*' }],
    });
    const [choice] = (await routed([yahoo, gpw], 'GPW:WIG20')).choices;
    expect(choice).toMatchObject({
      provider: 'gpw',
      instrument: { native: 'WIG20', assetClass: 'index' },
      market: { calendar: 'XFRA', days: 'weekdays' },
      timeframe: { grid: 'session' },
    });
    expect(choice?.reason).toContain('asks for GPW:*');
  });

  it('is what a file says in the same words', async () => {
    const file = declaration({
      id: 'gpw',
      market: { assetClass: 'index', calendar: 'XFRA', grid: 'session', days: 'weekdays' },
      symbols: { accept: ['GPW:{ticker}'], native: '{ticker}' },
      routes: [{ match: 'GPW:*', timeframes: ['1h'] }],
      samples: { known: (declaration().samples as { known: object }).known, unknown: 'GPW:NONE' },
    });
    const known = { symbol: 'GPW:WIG20', timeframe: '1h', start: '2024-02-01', end: '2024-02-03' };
    const parsed = await parseDeclaration(JSON.stringify({ ...file, samples: { known, unknown: 'GPW:NONE' } }), 'json');
    if ('fault' in parsed) throw new Error(`${parsed.fault.at} ${parsed.fault.what}`);
    const [choice] = (await routed([yahoo, compileProvider(parsed.file)], 'GPW:WIG20')).choices;
    expect(choice).toMatchObject({
      provider: 'gpw',
      instrument: { native: 'WIG20', assetClass: 'index' },
      market: { calendar: 'XFRA', days: 'weekdays' },
      timeframe: { grid: 'session' },
    });
  });

  it('cannot follow a calendar that nobody has, and that is said', async () => {
    const provider = fakeProvider({ id: 'gpw', market: { calendar: 'XWAR' } });
    const prepared = await prepareProvider({ provider, plugin }, loaded as never, {});
    expect(prepared).toMatchObject({ ready: false });
    expect('problem' in prepared && prepared.problem).toMatch(
      /markets\.0\.calendar: must be one of the calendars there are: 24x7, fx, .*XNYS/,
    );
  });
});

describe('declared providers beside plugins', () => {
  const own = { name: 'x.json', version: '', type: 'file', root: '/config/providers/x.json' };
  const shipped = { name: 'almanac', version: '0.1.0', type: 'core', root: '/almanac/config/providers/x.json' };

  it('never take a name, also not one that two plugins fight for', () => {
    const fought = { plugin, provider: 'x', reason: 'offered by two' };
    const file = { plugin: own, shipped: false, id: 'x', provider: fakeProvider({ id: 'x' }) };
    const { providers, failures } = joinDeclared({ providers: [], failures: [fought] }, [file]);
    expect(providers).toEqual([]);
    expect(failures.map(({ reason }) => reason)[1]).toMatch(/^\/config\/providers\/x\.json: \/id is x, which/);
  });

  it('stand aside for the package named for them, and for no other', () => {
    const file = { plugin: shipped, shipped: true, id: 'gpw', provider: fakeProvider({ id: 'gpw' }) };
    const theirs = (name: string) => ({ provider: fakeProvider({ id: 'gpw' }), plugin: { ...plugin, name } });
    const named = joinDeclared({ providers: [theirs('almanac-provider-gpw')], failures: [] }, [file]);
    expect([named.providers.length, named.failures]).toEqual([1, []]);
    const sly = joinDeclared({ providers: [theirs('left-pad')], failures: [] }, [file]);
    expect(sly.providers).toMatchObject([{ plugin: { name: 'almanac' }, onlyNamed: true }]);
    expect(sly.failures).toMatchObject([
      { plugin: { name: 'left-pad' }, reason: 'its provider gpw is not used: Almanac ships one of that name' },
    ]);
  });

  it('that ship are asked only by name', () => {
    const file = { plugin: shipped, shipped: true, id: 'x', provider: fakeProvider({ id: 'x' }) };
    expect(joinDeclared({ providers: [], failures: [] }, [file]).providers).toMatchObject([{ onlyNamed: true }]);
    expect(
      joinDeclared({ providers: [], failures: [] }, [{ ...file, shipped: false }]).providers[0],
    ).not.toHaveProperty('onlyNamed');
  });
});
