import { adjustmentsFrom } from '../listing-events.js';
import type { Bar } from '../running-bar.js';
import { fromWall } from '../zone-clock.js';
import { type Call, COMPACT, findStock, InvalidCall, wantsFull } from './call.js';
import { isInterval, readIntraday } from './intraday-bars.js';
import { EASTERN, labelTime } from './labels.js';
import type { Series } from './series.js';
import { pricesOf, volumeOf } from './stock-days.js';

const DAY = 86_400_000;

/** One calendar month of New York, or the last thirty days; with what is traded before and after the bells. */
export function stockIntraday(call: Call): Series {
  const { query, market, now } = call;
  const listing = findStock(call);
  const interval = query.get('interval');
  if (!isInterval(interval)) throw new InvalidCall();
  const full = wantsFull(call);
  const { start, end } = windowOf(query.get('month'), now);
  const extended = flagOf(query.get('extended_hours'));
  const bars = readIntraday(market, listing, interval, start, end, now, extended);
  const shown = full ? bars : bars.slice(-COMPACT);
  const { both } = adjustmentsFrom(market, listing, start - DAY, now);
  const factor = flagOf(query.get('adjusted')) ? (bar: Bar) => both(Math.floor(bar.time / DAY) * DAY) : () => 1;
  return {
    meta: [
      ['Information', `Intraday (${interval}) open, high, low, close prices and volume`],
      ['Symbol', query.get('symbol') as string],
      ['Last Refreshed', labelTime(EASTERN, shown.at(-1)?.time ?? now)],
      ['Interval', interval],
      ['Output Size', full ? 'Full size' : 'Compact'],
      ['Time Zone', EASTERN],
    ],
    title: `Time Series (${interval})`,
    columns: ['open', 'high', 'low', 'close', 'volume'],
    rows: shown.map((bar) => ({ label: labelTime(EASTERN, bar.time), values: valuesOf(bar, factor(bar)) })).reverse(),
    file: `intraday_${interval}_${listing.symbol}`,
  };
}

function valuesOf(bar: Bar, factor: number): string[] {
  const { open, high, low, close } = bar;
  const adjusted = { ...bar, open: open * factor, high: high * factor, low: low * factor, close: close * factor };
  return [...pricesOf(adjusted), volumeOf(bar)];
}

function windowOf(month: string | null, now: number): { readonly start: number; readonly end: number } {
  if (month === null) return { start: now - 30 * DAY, end: now + 1 };
  const [, year, of] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month) ?? [];
  if (year === undefined || Number(year) < 2000) throw new InvalidCall();
  const wall = (add: number): number => fromWall('America/New_York', Date.UTC(Number(year), Number(of) - 1 + add, 1));
  if (wall(0) > now) throw new InvalidCall();
  return { start: wall(0), end: wall(1) };
}

/** True unless it says otherwise. */
function flagOf(value: string | null): boolean {
  if (value !== null && value !== 'true' && value !== 'false') throw new InvalidCall();
  return value !== 'false';
}
