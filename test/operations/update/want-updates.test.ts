import { readdirSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ALWAYS_OPEN } from '../../../src/market/calendar.js';
import type { Ask } from '../../../src/operations/populate/ask.js';
import { keepApart } from '../../../src/operations/update/keep-apart.js';
import { wantUpdates } from '../../../src/operations/update/want-updates.js';
import type { Host } from '../../../src/sources/host/create-host.js';
import type { PutProvenance } from '../../../src/store/face.js';
import { openStore } from '../../../src/store/open-store.js';
import { makeBars, PROVENANCE } from '../../support/make-bars.js';
import { temporaryFolder } from '../../support/temp-folder.js';

const home = temporaryFolder();
const installed = new Set(['binance', 'coingecko']);
const at = Date.parse;
let caches = 0;

/** A cache with one series, put together from runs of hours, each from somebody. */
async function cacheWith(runs: readonly (readonly [string, number, Partial<PutProvenance>])[]) {
  const folder = path.join(home, String(caches++));
  const store = openStore(folder);
  for (const [start, rows, provenance] of runs)
    await store.series('BTCUSDT', '1h').put(makeBars('1h', at(start), rows), { ...PROVENANCE, ...provenance });
  return { folder, store };
}

async function wantsOf(runs: Parameters<typeof cacheWith>[0], provider?: string) {
  const { store } = await cacheWith(runs);
  return wantUpdates(await store.list(), { store, installed, provider });
}

const LIVE = { provider: 'binance', via: 'live' } as const;

describe('wantUpdates', () => {
  it('goes on with whom the last bars came from, from the first bar on', async () => {
    const { wants, unserved } = await wantsOf([
      ['2024-12-31T20:00Z', 8, { provider: 'coingecko', via: 'live' }],
      ['2025-01-01T04:00Z', 8, LIVE],
    ]);
    expect(unserved).toEqual([]);
    expect(wants).toEqual([
      {
        symbol: expect.objectContaining({ symbol: 'BTCUSDT' }),
        timeframe: '1h',
        start: at('2024-12-31T20:00Z'),
        provider: 'binance',
        reason: 'the series is from there',
      },
    ]);
  });

  it('needs nobody’s word on the listing where all of it is from one', async () => {
    expect((await wantsOf([['2025-01-01T00:00Z', 3, LIVE]])).wants[0]).toMatchObject({ begun: true });
  });

  it('does not take who closed the last hole for who the series is from', async () => {
    const { wants } = await wantsOf([
      ['2025-01-01T00:00Z', 3, LIVE],
      ['2025-01-01T03:00Z', 3, { provider: 'coingecko', via: 'fill' }],
    ]);
    expect(wants[0]?.provider).toBe('binance');
  });

  it('leaves what was imported to the routes, and says so', async () => {
    const { wants } = await wantsOf([['2025-01-01T00:00Z', 3, { provider: 'import' }]]);
    expect(wants[0]).not.toHaveProperty('provider');
    expect(wants[0]?.note).toBe('its bars came by import, which is no provider here');
    const named = await wantsOf([['2025-01-01T00:00Z', 3, { provider: 'binance' }]]);
    expect(named.wants[0]?.provider).toBe('binance');
  });

  it('takes a series for what its sidecar says it is, whatever its name looks like', async () => {
    const store = openStore(path.join(home, 'named'));
    for (const [symbol, assetClass] of [['STRY', 'crypto'], ['ETHTRY', 'no class'], ['GBTC']] as const) {
      const more = assetClass === undefined ? {} : { assetClass };
      await store
        .series(symbol, '1h')
        .put(makeBars('1h', at('2025-01-01T00:00Z'), 3), { ...PROVENANCE, ...LIVE }, more);
    }
    const { wants } = await wantUpdates(await store.list(), { store, installed });
    expect(wants.map(({ symbol, provider }) => [symbol.symbol, symbol.assetClass, provider])).toEqual([
      ['ETHTRY', 'crypto', 'binance'],
      ['GBTC', 'equity', 'binance'],
      ['STRY', 'crypto', 'binance'],
    ]);
  });

  it('asks whom it is told to', async () => {
    expect((await wantsOf([['2025-01-01T00:00Z', 3, LIVE]], 'coingecko')).wants[0]).toMatchObject({
      provider: 'coingecko',
      start: at('2025-01-01T00:00Z'),
    });
  });

  it('reads the first bar where the first year has no sidecar', async () => {
    const { folder, store } = await cacheWith([
      ['2024-12-31T22:00Z', 2, LIVE],
      ['2025-01-01T00:00Z', 3, LIVE],
    ]);
    const series = path.join(folder, 'BTCUSDT', '1h');
    for (const name of readdirSync(series).filter((each) => each.includes('2024.metadata')))
      unlinkSync(path.join(series, name));
    const { wants } = await wantUpdates(await store.list(), { store, installed });
    expect(wants[0]?.start).toBe(at('2024-12-31T22:00Z'));
  });
});

describe('keepApart', () => {
  const askOf = (provider: string, reason: string, derived: boolean): Ask => ({
    symbol: 'BTCUSDT',
    timeframe: '1h',
    range: { start: 0, end: 1 },
    asked: { start: 0, end: 1 },
    choice: {
      provider,
      reason,
      instrument: { symbol: 'BTCUSDT', native: 'BTCUSDT', assetClass: 'crypto' },
      market: { assetClass: 'crypto', timeframes: [], volume: 'real' },
      timeframe: { timeframe: '1h', barsPerRequest: 10, derived },
    },
    expectation: { calendar: ALWAYS_OPEN, timeframe: '1h', grid: 'clock' },
    hasAlternates: false,
    standstills: [],
    openStart: false,
    sessions: false,
  });
  const judge = async (
    ask: Ask,
    origin: { provider: string; derived: boolean; simulated?: boolean },
    host?: string,
  ) => {
    const origins = new Map([
      [
        'BTCUSDT 1h',
        { first: 0, alone: true, simulated: origin.simulated, provider: origin.provider, derived: origin.derived },
      ],
    ]);
    const open = async (): Promise<Host> => ({ origin: host }) as Host;
    const { asks, unserved } = await keepApart({ asks: [ask], unserved: [] }, origins, open);
    return asks.length === 1 ? 'kept' : unserved[0]?.error.code;
  };

  it('never joins simulated bars and real ones', async () => {
    const ask = askOf('binance', 'the series is from there', false);
    const real = { provider: 'binance', derived: false, simulated: false };
    expect(await judge(ask, real)).toBe('kept');
    expect(await judge(ask, real, '127.0.0.1')).toBe('STORE_CONFLICT');
    expect(await judge(ask, { ...real, simulated: true })).toBe('STORE_CONFLICT');
    expect(await judge(ask, { ...real, simulated: true }, '127.0.0.1')).toBe('kept');
  });

  it('joins samples and trades only where a person says so', async () => {
    const samples = { provider: 'import', derived: true };
    expect(await judge(askOf('binance', 'the default for crypto', false), samples)).toBe('UNSUPPORTED');
    expect(await judge(askOf('binance', '--provider', false), samples)).toBe('kept');
    expect(await judge(askOf('coingecko', 'x', true), { provider: 'import', derived: false })).toBe('UNSUPPORTED');
    expect(await judge(askOf('coingecko', 'x', true), { provider: 'coingecko', derived: false })).toBe('kept');
  });
});
