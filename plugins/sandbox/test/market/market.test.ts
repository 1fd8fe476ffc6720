import { describe, expect, it } from '@jest/globals';
import { createMarket } from '../../src/market/create-market.js';
import type { Listing, Step, TruthBars } from '../../src/market/market.js';

const DAY = 86_400_000;
const market = createMarket({ seed: 7 });
const at = Date.parse;

function listing(name: string): Listing {
  const found = market.find(name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

function bars(name: string, step: Step, start: string, end: string): TruthBars {
  return market.bars(listing(name), step, at(start), at(end));
}

/** The slow and obvious way: every coarse bar from its minutes, in decimals. */
function aggregateNaively(fine: TruthBars, open: (time: number) => number) {
  const groups = new Map<number, number[]>();
  fine.time.forEach((time, row) => {
    const group = groups.get(open(time));
    if (group) group.push(row);
    else groups.set(open(time), [row]);
  });
  return [...groups].map(([time, rows]) => ({
    time,
    open: fine.open[rows[0] as number],
    high: Math.max(...rows.map((row) => fine.high[row] as number)),
    low: Math.min(...rows.map((row) => fine.low[row] as number)),
    close: fine.close[rows.at(-1) as number],
    volume: Number(rows.reduce((sum, row) => sum + (fine.volume[row] as number), 0).toFixed(5)),
    trades: rows.reduce((sum, row) => sum + (fine.trades[row] as number), 0),
  }));
}

function toRows(columns: TruthBars) {
  return [...columns.time].map((time, row) => ({
    time,
    open: columns.open[row],
    high: columns.high[row],
    low: columns.low[row],
    close: columns.close[row],
    volume: Number((columns.volume[row] as number).toFixed(5)),
    trades: columns.trades[row],
  }));
}

const grid = (length: number) => (time: number) => Math.floor(time / length) * length;
const month = (time: number) => Date.UTC(new Date(time).getUTCFullYear(), new Date(time).getUTCMonth());

describe('coarser bars', () => {
  it.each([
    ['BTCUSDT', '5m', '2020-02-19', '2020-02-21', grid(300_000)],
    ['BTCUSDT', '4h', '2020-02-19', '2020-02-21', grid(4 * 3_600_000)],
    ['SOLUSDT', '1d', '2023-12-28', '2024-01-03', grid(DAY)],
    ['BTCUSD_PERP@cm', '3d', '2023-12-30', '2024-01-20', grid(3 * DAY)],
    ['AAPL', '1d', '2024-03-06', '2024-03-14', grid(DAY)],
    ['EURUSD=X', '1h', '2024-03-08', '2024-03-12', grid(3_600_000)],
    ['R_100', '15m', '2024-03-08', '2024-03-09', grid(900_000)],
    ['BTCUSDT@um', '1mo', '2024-01-01', '2024-03-01', month],
  ] as const)('of %s %s are the minutes put together', (name, step, start, end, open) => {
    const coarse = toRows(bars(name, step, start, end));
    const minutes = market.bars(
      listing(name),
      '1m',
      coarse[0]?.time as number,
      Math.max(at(end), open(at(end) - 1) + (step === '3d' ? 3 * DAY : 0)),
    );
    expect(coarse.length).toBeGreaterThan(1);
    expect(coarse).toEqual(aggregateNaively(minutes, open));
  });

  it('of a week open on Mondays', () => {
    const weeks = bars('BTCUSDT', '1w', '2024-01-01', '2024-03-01');
    expect(weeks.time.length).toBe(9);
    for (const time of weeks.time) expect(new Date(time).getUTCDay()).toBe(1);
  });

  it('of a minute are its seconds put together, to the last unit', () => {
    const seconds = bars('BTCUSDT', '1s', '2024-05-01T00:00Z', '2024-05-01T06:00Z');
    expect(seconds.time.length).toBe(6 * 3600);
    expect(aggregateNaively(seconds, grid(60_000))).toEqual(
      toRows(bars('BTCUSDT', '1m', '2024-05-01T00:00Z', '2024-05-01T06:00Z')),
    );
  });

  it('of a synthetic index are its ticks put together', () => {
    for (const name of ['R_100', 'R_50', '1HZ100V', 'BOOM1000']) {
      const start = at('2024-02-28T23:50Z');
      const ticks = market.ticks(listing(name), start, start + 1_200_000);
      expect(ticks.time.length).toBe(name === '1HZ100V' ? 1200 : 600);
      const minutes = market.bars(listing(name), '1m', start, start + 1_200_000);
      const expected = [...minutes.time].map((time) => {
        const prices = [...ticks.price].filter((_, tick) => grid(60_000)(ticks.time[tick] as number) === time);
        return [time, prices[0], Math.max(...prices), Math.min(...prices), prices.at(-1)];
      });
      const { open, high, low, close } = minutes;
      expect([...minutes.time].map((time, row) => [time, open[row], high[row], low[row], close[row]])).toEqual(
        expected,
      );
      expect(minutes.time.length).toBe(20);
    }
  });
});

describe('the market', () => {
  it('is the same whichever way one comes to it', () => {
    const other = createMarket({ seed: 7 });
    const short = other.bars(listing('ETHUSDT'), '1m', at('2024-07-01T12:34Z'), at('2024-07-01T12:40Z'));
    const long = bars('ETHUSDT', '1m', '2024-06-01', '2024-08-01');
    const from = long.time.indexOf(short.time[0] as number);
    expect(short.close).toEqual(long.close.slice(from, from + 6));
    expect(short.volume).toEqual(long.volume.slice(from, from + 6));
    const different = createMarket({ seed: 8 }).bars(
      listing('ETHUSDT'),
      '1m',
      at('2024-07-01T12:34Z'),
      at('2024-07-01T12:40Z'),
    );
    expect(different.close).not.toEqual(short.close);
  });

  it('is consistent, positive, and has no more decimals than it says', () => {
    for (const one of market.listings) {
      const start = Math.max(one.listedFrom + DAY, at('2021-11-01'));
      for (const step of ['1m', '1d'] as const) {
        const { time, open, high, low, close, volume, trades } = market.bars(one, step, start, start + 5 * DAY);
        expect(time.length).toBeGreaterThan(2);
        for (let row = 0; row < time.length; row++) {
          const [o, h, l, c] = [open[row], high[row], low[row], close[row]] as [number, number, number, number];
          const right =
            l > 0 &&
            l <= Math.min(o, c) &&
            h >= Math.max(o, c) &&
            (row === 0 || (time[row] as number) > (time[row - 1] as number));
          const exact = [o, h, l, c].every((price) => Number(price.toFixed(one.decimals)) === price);
          const counted = trades[row] === 0 ? volume[row] === 0 : (volume[row] as number) > 0;
          if (!right || !exact || !counted)
            throw new Error(`${one.symbol} ${step} ${time[row]} ${[o, h, l, c, volume[row]]}`);
        }
      }
    }
  });

  it('has holes where the exchange stood still, and flat minutes where nobody traded', () => {
    const bars5 = bars('BTCUSDT', '5m', '2020-02-19T11:25Z', '2020-02-19T17:40Z');
    expect([...bars5.time].map((time) => new Date(time).toISOString().slice(11, 16))).toEqual([
      '11:25',
      '11:30',
      '11:35',
      '17:30',
      '17:35',
    ]);
    expect(bars('BTC-USD', '5m', '2020-02-19T11:25Z', '2020-02-19T17:40Z').time.length).toBe(75);
    const quiet = bars('SOLUSDT', '1m', '2024-01-01', '2024-02-01');
    const flat = [...quiet.trades.keys()].filter((row) => quiet.trades[row] === 0);
    expect(flat.length).toBeGreaterThan(100);
    for (const row of flat) {
      expect([quiet.open[row], quiet.high[row], quiet.low[row], quiet.volume[row]]).toEqual([
        quiet.close[row],
        quiet.close[row],
        quiet.close[row],
        0,
      ]);
      if (row > 0) expect(quiet.open[row]).toBe(quiet.close[row - 1]);
    }
    // The first row of a chunk has nothing before it to copy, and must find the same close.
    for (const row of flat.filter((one) => one > 1).slice(0, 20)) {
      const alone = createMarket({ seed: 7 }).bars(
        listing('SOLUSDT'),
        '1m',
        quiet.time[row] as number,
        (quiet.time[row] as number) + 1,
      );
      expect(alone.close[0]).toBe(quiet.close[row]);
    }
  });

  it('begins and ends with the listing', () => {
    const luna = bars('LUNAUSDT', '1m', '2010-01-01', '2030-01-01');
    expect(luna.time[0]).toBe(at('2020-08-21T10:00Z'));
    expect(luna.time.at(-1)).toBe(at('2022-05-13T00:39Z'));
    expect(bars('SOLUSDT', '1d', '2020-01-01', '2020-08-13').time.length).toBe(2);
  });

  it('knows things by every name, and the main market first', () => {
    expect(market.find('BTCUSDT')?.symbol).toBe('BTCUSDT');
    expect(market.find('bitcoin')?.symbol).toBe('BTC-USD');
    expect(market.find('frxEURUSD')?.symbol).toBe('EURUSD=X');
    expect(market.find('NOPE')).toBeUndefined();
  });
});

describe('stocks', () => {
  it.each([
    [2024, 252],
    [2023, 250],
    [2022, 251],
    [2021, 252],
    [2020, 253],
    [2001, 248],
    [2012, 250],
  ])('trade in %i on %i days', (year, sessions) => {
    expect(bars('MSFT', '1d', `${year}-01-01`, `${year + 1}-01-01`).time.length).toBe(sessions);
  });

  it('follow New York when its clocks change, and close early on half days', () => {
    const hours = (day: string) => {
      const { time } = bars('IBM', '1m', day, `${day}T23:59Z`);
      return [time[0], time.at(-1)].map((one) => (one === undefined ? '' : new Date(one).toISOString().slice(11, 16)));
    };
    expect(hours('2024-03-08')).toEqual(['14:30', '20:59']);
    expect(hours('2024-03-11')).toEqual(['13:30', '19:59']);
    expect(hours('2024-11-01')).toEqual(['13:30', '19:59']);
    expect(hours('2024-11-04')).toEqual(['14:30', '20:59']);
    expect(hours('2024-11-29')).toEqual(['14:30', '17:59']);
    expect(hours('2024-07-03')).toEqual(['13:30', '16:59']);
    expect(hours('2024-12-24')).toEqual(['14:30', '17:59']);
    for (const day of [
      '2024-11-28',
      '2025-01-09',
      '2022-06-20',
      '2001-09-12',
      '2012-10-29',
      '2018-12-05',
      '2007-01-02',
      '2004-06-11',
      '1994-04-27',
    ]) {
      expect(hours(day)).toEqual(['', '']);
    }
    expect(hours('2021-06-18')).toEqual(['13:30', '19:59']);
  });

  it('of which few are traded lack minutes, but not days', () => {
    const minutes = bars('THIN', '1m', '2024-05-06', '2024-05-07').time.length;
    expect(minutes).toBeGreaterThan(80);
    expect(minutes).toBeLessThan(230);
    expect(bars('THIN', '1d', '2024-01-01', '2025-01-01').time.length).toBe(252);
  });

  it('split, and then cost a quarter', () => {
    const days = bars('AAPL', '1d', '2020-08-28', '2020-09-01');
    expect((days.close[0] as number) / (days.open[1] as number)).toBeGreaterThan(3.5);
    const events = market.events(listing('AAPL'), at('2020-01-01'), at('2021-01-01'));
    expect(events.filter(({ kind }) => kind === 'dividend')).toHaveLength(4);
    expect(events.find(({ kind }) => kind === 'split')).toEqual({
      kind: 'split',
      time: at('2020-08-31'),
      numerator: 4,
      denominator: 1,
    });
  });
});

describe('currencies', () => {
  it('rest from Friday to Sunday at five in New York', () => {
    const week = bars('EURUSD=X', '1m', '2024-03-07', '2024-03-12');
    const gaps = [...week.time.keys()].filter(
      (row) => row > 0 && (week.time[row] as number) - (week.time[row - 1] as number) > 60_000,
    );
    expect(gaps).toHaveLength(1);
    expect(week.time[(gaps[0] as number) - 1]).toBe(at('2024-03-08T21:59Z'));
    expect(week.time[gaps[0] as number]).toBe(at('2024-03-10T21:00Z'));
  });
});
