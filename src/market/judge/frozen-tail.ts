import { type Bars, column } from '../bars.js';
import { formatDecimal } from '../decimal.js';
import { DAY } from '../timeframe.js';
import type { Judge, Suspicion } from './judge.js';

const FEWEST = 20;
const SHORTEST = 7 * DAY;
/** Months and weeks need fewer bars to show as much. */
const FEW = 5;
const LONG = 90 * DAY;
/** A series that has paused before, and gone on, may pause again: the tail must be so many times as long. */
const TIMES = 3;

interface Run {
  readonly price: number;
  readonly from: number;
  to: number;
  bars: number;
}

/**
 * The end of a series that only repeats its last price: open, high, low and close alike, no volume or none known, for
 * 20 bars and seven days at least (or five bars and ninety days), and three times as long as any such run before it.
 */
export function findFrozenTail(): Judge<Suspicion | undefined> {
  let run: Run | undefined;
  let longest = 0;

  const look = (time: number, price: number, isFlat: boolean): void => {
    if (isFlat && run?.price === price) {
      run.to = time;
      run.bars++;
      return;
    }
    if (run !== undefined) longest = Math.max(longest, run.bars);
    run = isFlat ? { price, from: time, to: time, bars: 1 } : undefined;
  };

  return {
    add: (bars: Bars) => {
      if (!bars.columns.includes('close')) return;
      const [open, high, low, close] = ['open', 'high', 'low', 'close'].map((name) => column(bars, name)) as Four;
      const volume = bars.columns.includes('volume') ? column(bars, 'volume') : undefined;
      for (let i = 0; i < close.length; i++) {
        const price = close[i] as number;
        const isFlat = open[i] === price && high[i] === price && low[i] === price && !((volume?.[i] ?? 0) > 0);
        look(bars.time[i] as number, price, isFlat);
      }
    },
    finish: () => {
      if (run === undefined || run.bars < TIMES * longest) return undefined;
      const { price, from, to, bars } = run;
      const isLong = (bars >= FEWEST && to - from >= SHORTEST) || (bars >= FEW && to - from >= LONG);
      if (!isLong) return undefined;
      const detail = `the last ${bars} bars only repeat ${formatDecimal(price)} without volume, as of something delisted`;
      return { kind: 'frozen-tail', from, to, detail };
    },
  };
}

type Four = [Float64Array, Float64Array, Float64Array, Float64Array];
