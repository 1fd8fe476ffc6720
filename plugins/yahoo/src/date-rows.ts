import type { AssetClass, Row } from 'almanac/provider';
import type { Chart } from './chart-schema.js';
import { closeOf, type DateTimeframe, makeDateReader, openOf } from './date-bars.js';
import { isTraded, type Quote } from './quotes.js';

interface Dates {
  readonly assetClass: AssetClass;
  readonly timeframe: DateTimeframe;
  readonly start: number;
  readonly end: number;
  readonly now: number;
}

/**
 * Days, weeks and months by the exchange's own calendar: a stamp is turned into the date it has there, and the date
 * into the bar that holds it. Of two rows for one bar the second is the price of this moment, and no bar.
 */
export function dateRows(chart: Chart, quotes: readonly Quote[], asked: Dates): readonly Row[] {
  const { assetClass, timeframe, start, end, now } = asked;
  const dateOf = makeDateReader(chart.meta.exchangeTimezoneName);
  const events = assetClass === 'equity' && timeframe === '1d' ? readEvents(chart, dateOf) : undefined;
  const rows: Row[] = [];
  let previous: number | undefined;
  for (const quote of quotes) {
    const time = openOf(timeframe, dateOf(quote.time));
    const isSecond = time === previous;
    previous = time;
    if (isSecond || !isTraded(quote) || time < start || time >= end || closeOf(timeframe, time) > now) continue;
    const { open, high, low, close } = quote;
    const volume = assetClass === 'fx' ? null : quote.volume;
    // Only what pays dividends has a price without them.
    const adjusted = assetClass === 'equity' ? { adjusted_close: quote.adjusted } : {};
    rows.push({ time, open, high, low, close, volume, ...adjusted, ...events?.(time) });
  }
  return rows;
}

/** What was paid or split on a date: the amount a share, and how many there are for one before. */
function readEvents({ events }: Chart, dateOf: (instant: number) => number) {
  const dividend = new Map<number, number>();
  const split = new Map<number, number>();
  for (const { date, amount } of Object.values(events?.dividends ?? {})) {
    const day = dateOf(date * 1000);
    dividend.set(day, (dividend.get(day) ?? 0) + amount);
  }
  for (const { date, numerator, denominator } of Object.values(events?.splits ?? {})) {
    if (denominator > 0) split.set(dateOf(date * 1000), numerator / denominator);
  }
  return (day: number) => ({ dividend: dividend.get(day) ?? null, split: split.get(day) ?? null });
}
