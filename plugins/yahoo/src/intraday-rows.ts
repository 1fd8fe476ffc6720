import type { AssetClass, Row } from 'almanac/provider';
import type { Chart } from './chart-schema.js';
import { makeDateReader } from './date-bars.js';
import { isTraded, type Quote } from './quotes.js';

interface Intraday {
  readonly assetClass: AssetClass;
  readonly step: number;
  readonly start: number;
  readonly end: number;
  readonly now: number;
}

/**
 * Rows stamped by their open, without those that are no bars: the price of this moment after the last bar, the closing
 * print after a session, minutes without a trade, and the bar that still runs.
 */
export function intradayRows(chart: Chart, quotes: readonly Quote[], asked: Intraday): readonly Row[] {
  const { assetClass, step, start, end, now } = asked;
  const hasSession = assetClass === 'equity' || assetClass === 'index';
  const onGrid = hasSession ? sessionGrid(chart, quotes, step) : (time: number) => time % step === 0;
  const gridded = quotes.filter((quote, i) => onGrid(quote.time) && quote.time !== quotes[i - 1]?.time);
  const kept = assetClass === 'equity' ? dropClosingPrints(gridded, chart) : gridded;
  return kept
    .filter((quote) => isTraded(quote) && quote.time >= start && quote.time < end && quote.time + step <= now)
    .map((quote) => {
      const { time, open, high, low, close } = quote;
      // Volumes are differences of a running total, so the first of a reply has nothing to be counted from.
      const unknown = assetClass === 'fx' || (quote.volume === 0 && quote === quotes[0]);
      return { time, open, high, low, close, volume: unknown ? null : quote.volume };
    });
}

/** Counted from the session's open where Yahoo says when that was, else from the day's first row. */
function sessionGrid({ meta }: Chart, quotes: readonly Quote[], step: number): (time: number) => boolean {
  const dateOf = makeDateReader(meta.exchangeTimezoneName);
  const sessions = (meta.tradingPeriods ?? [])
    .flat()
    .map(({ start, end }) => ({ open: start * 1000, close: end * 1000 }));
  const known = new Set(sessions.map(({ open }) => dateOf(open)));
  const opens = new Map<number, number>();
  for (const { time } of quotes) if (!opens.has(dateOf(time))) opens.set(dateOf(time), time);
  return (time) => {
    const date = dateOf(time);
    if (!known.has(date)) return (time - (opens.get(date) as number)) % step === 0;
    return sessions.some(({ open, close }) => time >= open && time < close && (time - open) % step === 0);
  };
}

/** On short days the close is also stamped where a bar could be: a flat row without volume at the end of its date. */
function dropClosingPrints(quotes: readonly Quote[], chart: Chart): readonly Quote[] {
  const dateOf = makeDateReader(chart.meta.exchangeTimezoneName);
  const kept: Quote[] = [];
  let later: number | undefined;
  for (const quote of quotes.toReversed()) {
    const date = dateOf(quote.time);
    if (date !== later && isFlat(quote)) continue;
    if (isTraded(quote)) later = date;
    kept.push(quote);
  }
  return kept.reverse();
}

function isFlat({ open, high, low, close, volume }: Quote): boolean {
  return volume === 0 && open === high && high === low && low === close;
}
