import { describe, expect, it } from '@jest/globals';
import { column } from '../../../src/market/bars.js';
import type { MarketCapability, Row } from '../../../src/provider/index.js';
import { fakeProvider } from '../../support/fake-provider.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { openPopulating } from './populating.js';

const root = temporaryFolder();
const [HOUR, DAY] = [3_600_000, 86_400_000];
const LIMITS = { pools: { main: { concurrency: 1, windows: [] } } };
const day = (date: number): string => new Date(Date.UTC(2024, 6, date)).toISOString();
const isWeekday = (time: number): boolean => ![0, 6].includes(new Date(time).getUTCDay());

/** A share that trades on weekdays, at every hour, whatever its calendar says; `price` may change its mind. */
function tradedRoundTheClock(market: Partial<MarketCapability>, step: number, volumeOf: (time: number) => number) {
  return fakeProvider({
    capabilities: {
      markets: [{ assetClass: 'equity', volume: 'real', timeframes: [], ...market }],
      limits: LIMITS,
    },
    async *bars({ start, end }) {
      const rows: Row[] = [];
      for (let time = Math.ceil(start / step) * step; time < end; time += step)
        if (isWeekday(time)) rows.push({ time, open: 1, high: 2, low: 1, close: 2, volume: volumeOf(time) });
      yield rows;
    },
  });
}

describe('updated day by day', () => {
  it('a market that trades while its calendar calls it closed loses no bar, on holidays neither', async () => {
    const provider = tradedRoundTheClock({ timeframes: [{ timeframe: '1h', barsPerRequest: 1000 }] }, HOUR, () => 1);
    const { populate, store, asked } = await openPopulating(root, provider);
    for (let date = 2; date <= 9; date++) await populate(day(date), { symbol: 'ODD', timeframe: '1h', start: day(1) });
    expect(asked().length).toBeLessThanOrEqual(6);
    const { time } = await store.series('ODD', '1h').read();
    const whole = Array.from({ length: 24 * 8 }, (_, i) => Date.UTC(2024, 6, 1) + i * HOUR).filter(isWeekday);
    expect([...time]).toEqual(whole);
  });

  it('a bar that was not final is asked for again with the tail: one request a day, and its last word stays', async () => {
    let now = '';
    // Volumes of a day are put right in the night after it.
    const volumeOf = (time: number) => (Date.parse(now) - time >= 2 * DAY ? 150 : 100);
    const timeframes = [{ timeframe: '1d', barsPerRequest: 5000, finality: DAY }] as const;
    const { populate, store, asked } = await openPopulating(root, tradedRoundTheClock({ timeframes }, DAY, volumeOf));
    for (let date = 9; date <= 13; date++) {
      now = new Date(Date.parse(day(date)) + HOUR).toISOString();
      await populate(now, { symbol: 'LATE', timeframe: '1d', start: day(1) });
    }
    expect(asked()).toHaveLength(5);
    const volumes = column(await store.series('LATE', '1d').read(), 'volume');
    expect([...volumes]).toEqual([...Array.from({ length: 9 }, () => 150), 100]);
    // On Saturday the last one is still not final; on Sunday it is asked for once more, and then never again.
    for (const hours of [26, 30, 54, 58, 62]) {
      now = new Date(Date.parse(day(12)) + hours * HOUR).toISOString();
      await populate(now, { symbol: 'LATE', timeframe: '1d', start: day(1) });
    }
    expect(column(await store.series('LATE', '1d').read(), 'volume').at(-1)).toBe(150);
    const before = asked().length;
    now = new Date(Date.parse(day(12)) + 66 * HOUR).toISOString();
    await populate(now, { symbol: 'LATE', timeframe: '1d', start: day(1) });
    expect([before <= 4, asked()]).toEqual([true, []]);
  });
});
