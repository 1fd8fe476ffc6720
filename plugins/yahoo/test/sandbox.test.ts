import { afterEach, describe, expect, it } from '@jest/globals';
import type { Row } from '../../../src/provider/index.js';
import type { Tally } from '../../../src/sources/admission/admission.js';
import { fetchBars } from '../../../src/sources/fetch-bars.js';
import { yahoo } from '../src/index.js';
import { listing, market, openSandbox, plain, truth } from './open-sandbox.js';

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

describe('bars by date equal the market', () => {
  const NOW = '2025-03-20T12:00:00Z';

  it.each([
    ['AAPL', '1d', '2020-08-03', '2021-01-15'],
    ['AAPL', '1d', '2024-10-28', '2025-03-14'],
    ['AAPL', '1w', '2019-12-02', '2021-01-18'],
    ['AAPL', '1mo', '2019-10-01', '2021-03-01'],
    ['EURUSD=X', '1d', '2024-10-21', '2024-11-08'],
    ['EURUSD=X', '1w', '2024-03-18', '2024-04-15'],
    ['EURUSD=X', '1mo', '2024-02-01', '2024-12-01'],
    ['BTC-USD', '1d', '2024-12-25', '2025-01-05'],
    ['BTC-USD', '1w', '2024-12-02', '2025-02-03'],
    ['BTC-USD', '1mo', '2024-10-01', '2025-03-01'],
  ] as const)('%s %s from %s to %s', async (symbol, timeframe, start, end) => {
    const { read } = await sandbox(NOW);
    const expected = truth(symbol, timeframe, start, end, NOW);
    expect(expected.length).toBeGreaterThan(3);
    const rows = await read(symbol, timeframe, start, end);
    expect(plain(rows)).toEqual(
      symbol !== 'AAPL' || timeframe === '1d' ? expected : byDays(symbol, timeframe, start, end, NOW),
    );
  });

  it('with dividends and the split on their dates', async () => {
    const { read } = await sandbox(NOW);
    const rows = await read('AAPL', '1d', '2020-06-01', '2021-06-01');
    const events = market.events(listing('AAPL'), Date.parse('2020-06-01'), Date.parse('2021-06-01'));
    const seen = rows.flatMap(({ time, dividend, split }) => [
      ...(dividend === null ? [] : [['dividend', time]]),
      ...(split === null ? [] : [['split', time, split]]),
    ]);
    expect(seen).toHaveLength(5);
    expect(seen).toEqual(
      expect.arrayContaining(events.map(({ kind, time }) => (kind === 'split' ? [kind, time, 4] : [kind, time]))),
    );
    const last = rows.at(-1) as Row;
    expect(last.adjusted_close).toBeLessThan(last.close as number);
  });

  it('before the first trade there is nothing but the word that it lies out of reach', async () => {
    const { read } = await sandbox(NOW);
    await expect(read('BTC-USD', '1d', '2010-01-01', '2011-01-01')).rejects.toMatchObject({ code: 'OUT_OF_REACH' });
    expect(await read('BTC-USD', '1d', '2014-09-01', '2014-09-20')).toHaveLength(3);
  });
});

/** Weeks and months as Yahoo sums them up: of days whose prices are already adjusted. */
function byDays(symbol: string, timeframe: '1w' | '1mo', start: string, end: string, now: string): readonly Row[] {
  const groups = market.bars(listing(symbol), timeframe, Date.parse(start), Date.parse(end)).time;
  const last = new Date(Date.parse(end) + 40 * 86_400_000).toISOString();
  const days = truth(symbol, '1d', start, last, now) as readonly (Row &
    Record<'open' | 'high' | 'low' | 'close' | 'volume', number>)[];
  return Array.from(groups, (time) => {
    const date = new Date(time);
    const until =
      timeframe === '1w' ? time + 7 * 86_400_000 : Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
    const inside = days.filter((day) => day.time >= time && day.time < until);
    return {
      time,
      open: inside[0]?.open,
      high: Math.max(...inside.map(({ high }) => high)),
      low: Math.min(...inside.map(({ low }) => low)),
      close: inside.at(-1)?.close,
      volume: listing(symbol).kind === 'fx' ? null : inside.reduce((sum, { volume }) => sum + volume, 0),
    };
  });
}

describe('bars within a day equal the market', () => {
  const NOW = '2024-12-10T12:00:00Z';

  it.each([
    ['AAPL', '5m', '2024-10-31', '2024-11-06'],
    ['AAPL', '15m', '2024-11-27', '2024-12-03'],
    ['AAPL', '30m', '2024-11-25', '2024-12-03'],
    ['THIN', '2m', '2024-11-29', '2024-12-03'],
    ['EURUSD=X', '1h', '2024-10-30', '2024-11-12'],
    ['EURUSD=X', '5m', '2024-11-15', '2024-11-18'],
    ['BTC-USD', '1h', '2023-12-30', '2024-01-03'],
    ['BTC-USD', '15m', '2024-11-30', '2024-12-02'],
  ] as const)('%s %s from %s to %s', async (symbol, timeframe, start, end) => {
    const { read } = await sandbox(NOW);
    const expected = truth(symbol, timeframe, start, end, NOW);
    expect(expected.length).toBeGreaterThan(10);
    expect(plain(await read(symbol, timeframe, start, end))).toEqual(expected);
  });

  it('by the hour from the opening bell, but for the hour that Yahoo loses on half days', async () => {
    const { read } = await sandbox(NOW);
    const halves = truth('AAPL', '30m', '2024-10-28', '2024-12-03', NOW);
    const first = new Map<number, number>();
    for (const { time } of halves) {
      const date = Math.floor(time / 86_400_000);
      if (!first.has(date)) first.set(date, time);
    }
    const hours = halves.filter(
      ({ time }) => (time - (first.get(Math.floor(time / 86_400_000)) as number)) % 3_600_000 === 0,
    );
    const lost = Date.parse('2024-11-29T17:30Z');
    const rows = await read('AAPL', '1h', '2024-10-28', '2024-12-03');
    expect(hours.some(({ time }) => time === lost)).toBe(true);
    expect(rows.map(({ time }) => time)).toEqual(hours.map(({ time }) => time).filter((time) => time !== lost));
    expect(rows.map((row) => row.open)).toEqual(hours.filter(({ time }) => time !== lost).map((row) => row.open));
  });

  it('by the minute over several requests, whose first rows lose their volume now and then', async () => {
    const { read, log } = await sandbox(NOW);
    const expected = truth('BTC-USD', '1m', '2024-11-20', '2024-12-08', NOW);
    expect(plain(await read('BTC-USD', '1m', '2024-11-20', '2024-12-08'))).toEqual(expected);
    expect(log.entries.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it.each([
    ['BTC-USD', '2024-12-09T15:00Z'],
    ['AAPL', '2024-12-04T00:00Z'],
    // After a weekend, and after Thanksgiving's half day.
    ['AAPL', '2024-12-09T00:00Z'],
    ['AAPL', '2024-12-02T14:30Z'],
  ] as const)('of %s by the minute from %s and each minute after it, as updates ask for them', async (symbol, from) => {
    const { read } = await sandbox(NOW, { rateLimit: { max: 1000, perMs: 60_000 } });
    const { time } = market.bars(listing(symbol), '1m', Date.parse(from), Date.parse(from) + 86_400_000);
    for (const at of time.slice(0, 8)) {
      const range = [new Date(at).toISOString(), new Date(at + 120_000).toISOString()] as const;
      expect(plain(await read(symbol, '1m', ...range))).toEqual(truth(symbol, '1m', ...range, NOW));
    }
  });

  it('by the minute from the edge of its reach, where the first volume may stay open', async () => {
    const { read, log } = await sandbox(NOW);
    const expected = truth('BTC-USD', '1m', '2024-11-11T12:00Z', NOW, NOW);
    const rows = plain(await read('BTC-USD', '1m', '2024-10-01', NOW));
    expect(log.entries).toHaveLength(5);
    expect(rows.slice(1)).toEqual(expected.slice(1));
    expect([null, expected[0]?.volume]).toContain(rows[0]?.volume);
  });

  it.each([
    ['AAPL', '1m', '2024-12-09T16:20:31Z'],
    ['AAPL', '1h', '2024-12-09T16:20:31Z'],
    ['AAPL', '5m', '2024-12-09T21:00:10Z'],
    ['BTC-USD', '5m', '2024-12-09T16:20:31Z'],
    ['EURUSD=X', '1m', '2024-12-09T16:20:31Z'],
  ] as const)('%s %s at %s, without the bar that runs and the price of this moment', async (symbol, timeframe, now) => {
    const { read, clock } = await sandbox(now);
    const then = await read(symbol, timeframe, '2024-12-09T12:00Z', '2024-12-10');
    clock.now = Date.parse('2024-12-11T12:00Z');
    const later = await read(symbol, timeframe, '2024-12-09T12:00Z', '2024-12-10');
    const step = timeframe === '1m' ? 60_000 : timeframe === '5m' ? 300_000 : 3_600_000;
    expect(then.length).toBeGreaterThan(0);
    expect(then).toEqual(later.filter(({ time }) => time + step <= Date.parse(now)));
  });

  it('and days at noon, without today', async () => {
    const { read } = await sandbox('2024-12-09T17:00:00Z');
    for (const [timeframe, last] of [
      ['1d', '2024-12-06'],
      ['1w', '2024-12-02'],
      ['1mo', '2024-11-01'],
    ] as const) {
      const rows = await read('AAPL', timeframe, '2024-10-01', '2024-12-31');
      expect(new Date(rows.at(-1)?.time ?? 0).toISOString().slice(0, 10)).toBe(last);
    }
  });
});

describe('admission', () => {
  const NOW = '2024-12-10T12:00:00Z';
  it.each(['1h', '1d', '1w'] as const)('has nothing to say against %s', async (timeframe) => {
    const { host, ask } = await sandbox(NOW);
    const tallies: Tally[] = [];
    const request = ask('AAPL', timeframe, '2024-10-21', '2024-12-09');
    const times: number[] = [];
    const options = { sessions: true, onTally: (tally: Tally) => tallies.push(tally) };
    for await (const bars of fetchBars(host, request, options)) times.push(...bars.time);
    expect(times.length).toBeGreaterThan(5);
    expect(tallies).toMatchObject([{ rows: times.length, admitted: times.length, refused: new Map() }]);
  });
});

describe('what can go wrong', () => {
  const NOW = '2024-12-10T12:00:00Z';
  const days = ['1d', '2024-11-01', '2024-12-01'] as const;

  it('a symbol that never was', async () => {
    const { read } = await sandbox(NOW);
    await expect(read('ZZQXJ', ...days)).rejects.toMatchObject({ code: 'SYMBOL_UNKNOWN' });
  });

  it('too many requests shut the gate for all that follow', async () => {
    const { read, log } = await sandbox(NOW, { rateLimit: { max: 1, perMs: 60_000 } });
    await read('AAPL', ...days);
    await expect(read('AAPL', ...days)).rejects.toMatchObject({ code: 'THROTTLED' });
    await expect(read('MSFT', ...days)).rejects.toMatchObject({ code: 'THROTTLED' });
    expect(log.entries.map(({ status }) => status)).toEqual([200, 429]);
  });

  it.each([
    ['a cut reply', { kind: 'cut', fraction: 0.5 }],
    ['a reset', { kind: 'reset' }],
    ['a web page', { kind: 'status', status: 200, body: '<html>consent</html>' }],
    ['neither data nor error', { kind: 'status', status: 200, body: '{"chart":{"result":null,"error":null}}' }],
    ['maintenance', { kind: 'status', status: 503, body: '<html>' }],
  ] as const)('%s is tried again', async (_what, fault) => {
    const { read, faults, log } = await sandbox(NOW);
    faults.add({ server: 'yahoo', fault });
    expect(await read('AAPL', ...days)).toHaveLength(20);
    expect(log.entries).toHaveLength(2);
  });

  it.each(['reset', 'stall'] as const)('a %s that stays is unavailable', async (kind) => {
    const { read, faults } = await sandbox(NOW, {}, 100);
    faults.add({ server: 'yahoo', fault: { kind }, times: 9 });
    await expect(read('AAPL', ...days)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('says when the first bar was, and that it is up', async () => {
    const { host, ask } = await sandbox(NOW);
    const { instrument } = ask('SPY', ...days);
    expect(await yahoo.firstBar?.({ instrument, timeframe: '1d' }, host.context as never)).toBe(
      Date.parse('1993-01-29'),
    );
    expect(await yahoo.probe?.(host.context as never)).toMatchObject({ detail: expect.stringContaining('2024-12-09') });
  });
});
