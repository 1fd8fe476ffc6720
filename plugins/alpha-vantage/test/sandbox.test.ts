import { afterEach, describe, expect, it } from '@jest/globals';
import type { Row } from '../../../src/provider/index.js';
import type { Tally } from '../../../src/sources/admission/admission.js';
import { fetchBars } from '../../../src/sources/fetch-bars.js';
import { alphaVantage } from '../src/index.js';
import { openSandbox, truth } from './open-sandbox.js';

type Sandbox = Awaited<ReturnType<typeof openSandbox>>;
let open: Sandbox | undefined;
const sandbox = async (...given: Parameters<typeof openSandbox>): Promise<Sandbox> => {
  open = await openSandbox(...given);
  return open;
};
afterEach(async () => {
  await open?.close();
  open = undefined;
});

/** Volumes of coins are sums of fractions, and the order of a sum shows in its last digit. */
const rounded = (rows: readonly Row[]): readonly Row[] =>
  rows.map((row) => ({ ...row, volume: row.volume === null ? null : Number(row.volume).toFixed(3) }));

const NOW = '2025-01-15T12:00:00Z';
const FREE = { apiKey: 'free-key', plan: 'free' };

describe('bars equal the market', () => {
  it.each([
    ['IBM', '1m', '2024-03-07', '2024-03-13'],
    ['IBM', '5m', '2024-10-30', '2024-11-06'],
    ['IBM', '15m', '2024-11-26', '2024-12-04'],
    ['IBM', '30m', '2024-12-20', '2025-01-04'],
    ['IBM', '1h', '2024-12-30', '2025-01-04'],
    ['THIN', '5m', '2024-11-29', '2024-12-03'],
    ['IBM', '1d', '2024-10-28', '2025-01-15'],
    ['IBM', '1d', '2023-12-20', '2024-01-10'],
    ['IBM', '1w', '2023-11-20', '2024-01-15'],
    ['IBM', '1mo', '2023-10-01', '2025-01-01'],
    ['EURUSD=X', '5m', '2024-12-20', '2024-12-24'],
    ['EURUSD=X', '1d', '2024-10-21', '2024-11-12'],
    ['EURUSD=X', '1w', '2024-03-18', '2024-04-15'],
    ['EURUSD=X', '1mo', '2024-06-01', '2025-01-01'],
    ['BTC-USD', '1h', '2024-12-30', '2025-01-02'],
    ['BTC-USD', '1d', '2024-12-28', '2025-01-04'],
    ['BTC-USD', '1w', '2024-12-02', '2025-01-13'],
    ['BTC-USD', '1mo', '2024-06-01', '2025-01-01'],
  ] as const)('%s %s from %s to %s', async (symbol, timeframe, start, end) => {
    const { read } = await sandbox(NOW);
    const expected = truth(symbol, timeframe, start, end);
    expect(expected.length).toBeGreaterThan(3);
    expect(rounded(await read(symbol, timeframe, start, end))).toEqual(rounded(expected));
  });

  it('days on the free plan as well, as far as its hundred go', async () => {
    const { read } = await sandbox(NOW, { options: FREE });
    expect(await read('IBM', '1d', '2024-12-20', '2025-01-15')).toEqual(truth('IBM', '1d', '2024-12-20', '2025-01-15'));
    const all = await read('IBM', '1d', '2020-01-01', '2025-01-15');
    expect(all).toHaveLength(100);
    const reached = Date.parse(NOW) - 138 * 86_400_000;
    expect(all.filter(({ time }) => time >= reached)).toEqual(
      truth('IBM', '1d', new Date(reached).toISOString(), '2025-01-15'),
    );
  });

  it('and with the hours before and after, where they are wanted', async () => {
    const { read } = await sandbox(NOW, { options: { extendedHours: true } });
    const rows = await read('IBM', '1m', '2024-12-30', '2025-01-01T12:00Z');
    const session = truth('IBM', '1m', '2024-12-30', '2025-01-01');
    const times = new Set(session.map(({ time }) => time));
    expect(rows.filter(({ time }) => times.has(time))).toEqual(session);
    const hours = rows
      .filter(({ time }) => !times.has(time))
      .map(({ time }) => new Date(time).toISOString().slice(11, 13));
    // 4:00 to 9:30 and 16:00 to 20:00 in New York; the last hours of the year are January's in UTC.
    expect([...new Set(hours)].sort()).toEqual(['00', '09', '10', '11', '12', '13', '14', '21', '22', '23']);
  });

  it('without what still runs', async () => {
    const { read } = await sandbox('2025-01-15T16:20:31Z');
    const last = async (timeframe: '1m' | '1h' | '1d' | '1w' | '1mo') =>
      new Date((await read('IBM', timeframe, '2024-12-01', '2025-02-01')).at(-1)?.time ?? 0).toISOString().slice(0, 16);
    expect(await last('1m')).toBe('2025-01-15T16:19');
    expect(await last('1h')).toBe('2025-01-15T15:00');
    expect(await last('1d')).toBe('2025-01-14T00:00');
    expect(await last('1w')).toBe('2025-01-06T00:00');
    expect(await last('1mo')).toBe('2024-12-01T00:00');
  });

  it('by one request a month', async () => {
    const { read, log } = await sandbox(NOW);
    await read('IBM', '1h', '2024-10-15', '2025-01-10');
    expect(log.entries.map(({ what }) => /month=([\d-]+)/.exec(what)?.[1])).toEqual([
      '2024-10',
      '2024-11',
      '2024-12',
      '2025-01',
    ]);
  });
});

describe('admission', () => {
  it.each(['30m', '1d', '1w'] as const)('has nothing to say against %s', async (timeframe) => {
    const { host, ask } = await sandbox(NOW);
    const tallies: Tally[] = [];
    const request = ask('IBM', timeframe, '2024-10-21', '2024-12-09');
    const times: number[] = [];
    const options = { sessions: true, onTally: (tally: Tally) => tallies.push(tally) };
    for await (const bars of fetchBars(host, request, options)) times.push(...bars.time);
    expect(times.length).toBeGreaterThan(5);
    expect(tallies).toMatchObject([{ rows: times.length, admitted: times.length, refused: new Map() }]);
  });
});

describe('refusals', () => {
  const weeks = ['1w', '2024-11-04', '2024-12-02'] as const;

  it.each([
    ['a symbol that never was', {}, 'ZZQXJ', '1w', 'SYMBOL_UNKNOWN'],
    ['one that never was, by the month', {}, 'ZZQXJ', '5m', 'SYMBOL_UNKNOWN'],
    ['a coin that never was', {}, 'NONE-USD', '1d', 'SYMBOL_UNKNOWN'],
    ['a key that is none', { apiKey: 'nobody' }, 'IBM', '1w', 'AUTH'],
    ['the demo key', { apiKey: 'demo' }, 'IBM', '1w', 'AUTH'],
    ['a plan that claims more than its key has, within a day', { apiKey: 'free-key' }, 'IBM', '5m', 'OUT_OF_REACH'],
    ['and a timeframe nobody has', {}, 'IBM', '4h', 'UNSUPPORTED'],
  ] as const)('%s', async (_what, options, symbol, timeframe, code) => {
    const { read } = await sandbox(NOW, { options });
    await expect(read(symbol, timeframe, '2024-11-04', '2024-12-02')).rejects.toMatchObject({ code });
  });

  it('the whole of the days on a free key', async () => {
    const { read } = await sandbox(NOW, { options: { apiKey: 'free-key' } });
    await expect(read('IBM', '1d', '2020-01-01', '2025-01-01')).rejects.toMatchObject({ code: 'OUT_OF_REACH' });
  });

  it('the day’s last request ends the work, without naming the key, and nothing more is sent', async () => {
    const server = { limits: { perDay: 1, burst: { max: 1000, perMs: 1000 } } };
    const { read, log } = await sandbox(NOW, { options: FREE, server });
    await read('IBM', ...weeks);
    const error = await read('IBM', ...weeks).catch((cause) => cause);
    expect(error).toMatchObject({ code: 'QUOTA', until: expect.any(Number) });
    expect(String(error)).not.toContain('free-key');
    await expect(read('AAPL', ...weeks)).rejects.toMatchObject({ code: 'QUOTA' });
    expect(log.entries.map(({ note }) => note)).toEqual([undefined, 'quota']);
  });

  it('a burst is waited for, and asked again', async () => {
    const server = { limits: { burst: { max: 1, perMs: 1000 } } };
    const { read, log } = await sandbox(NOW, { options: FREE, server });
    await read('IBM', ...weeks);
    expect(await read('AAPL', ...weeks)).toHaveLength(4);
    expect(log.entries.map(({ note }) => note)).toEqual([undefined, 'burst', undefined]);
  });

  it('there is none at the pace that the free plan states', async () => {
    const { read, log } = await sandbox(NOW, { options: FREE, server: {}, pace: 'stated' });
    for (const symbol of ['IBM', 'AAPL']) await read(symbol, ...weeks);
    expect(log.entries.map(({ note }) => note)).toEqual([undefined, undefined]);
  });

  it.each([
    ['a cut reply', { kind: 'cut', fraction: 0.5 }],
    ['a reset', { kind: 'reset' }],
    ['maintenance', { kind: 'status', status: 503, body: '<html>' }],
  ] as const)('%s is tried again', async (_what, fault) => {
    const { read, faults, log } = await sandbox(NOW);
    faults.add({ server: 'alpha-vantage', fault });
    expect(await read('IBM', ...weeks)).toHaveLength(4);
    expect(log.entries).toHaveLength(2);
  });

  it('and it says that it is up', async () => {
    const { host } = await sandbox(NOW, { options: FREE });
    expect(await alphaVantage.probe?.(host.context as never)).toEqual({
      detail: expect.stringMatching(/2025-01-14 .*25 requests a day/),
    });
  });
});
