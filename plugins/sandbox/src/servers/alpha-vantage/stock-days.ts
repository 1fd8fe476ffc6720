import type { Listing } from '../../market/market.js';
import { adjustmentsFrom, eventsOf } from '../listing-events.js';
import type { Bar } from '../running-bar.js';
import { type Call, COMPACT, findStock, wantsFull } from './call.js';
import { groupDays, isRunning, readDays } from './days.js';
import { EASTERN, labelDate, labelTime } from './labels.js';
import type { Series, SeriesRow } from './series.js';

const DAY = 86_400_000;
const PLAIN = ['open', 'high', 'low', 'close', 'volume'];
const ADJUSTED = ['open', 'high', 'low', 'close', 'adjusted close', 'volume', 'dividend amount'];

export async function stockDaily(call: Call): Promise<Series> {
  const listing = findStock(call);
  const full = wantsFull(call);
  const days = await readDays(call.market, listing, full ? 0 : call.now - 160 * DAY, call.now);
  const shown = full ? days : days.slice(-COMPACT);
  const adjusted = call.name.endsWith('ADJUSTED');
  const size = ['Output Size', full ? 'Full size' : 'Compact'] as const;
  const information = adjusted
    ? 'Daily Time Series with Splits and Dividend Events'
    : 'Daily Prices (open, high, low, close) and Volumes';
  return {
    meta: metaOf(call, listing, information, days, [size]),
    title: 'Time Series (Daily)',
    columns: adjusted ? [...ADJUSTED, 'split coefficient'] : PLAIN,
    rows: adjusted
      ? adjustedRows(
          call,
          listing,
          shown.map((bar) => ({ bar, days: [bar] })),
          true,
        )
      : shown.map(plainRow).reverse(),
    file: `${adjusted ? 'daily_adjusted' : 'daily'}_${listing.symbol}`,
  };
}

/** Weeks and months: as traded, under the date of their last session. */
export async function stockPeriods(call: Call): Promise<Series> {
  const listing = findStock(call);
  const weekly = call.name.includes('WEEKLY');
  const adjusted = call.name.endsWith('ADJUSTED');
  const word = weekly ? 'Weekly' : 'Monthly';
  const days = await readDays(call.market, listing, 0, call.now);
  const periods = groupDays(days, weekly ? '1w' : '1mo');
  const information = adjusted
    ? `${word} Adjusted Prices and Volumes`
    : `${word} Prices (open, high, low, close) and Volumes`;
  return {
    meta: metaOf(call, listing, information, days, []),
    title: adjusted ? `${word} Adjusted Time Series` : `${word} Time Series`,
    columns: adjusted ? ADJUSTED : PLAIN,
    rows: adjusted ? adjustedRows(call, listing, periods, false) : periods.map(({ bar }) => plainRow(bar)).reverse(),
    file: `${word.toLowerCase()}_${adjusted ? 'adjusted_' : ''}${listing.symbol}`,
  };
}

function metaOf(
  call: Call,
  listing: Listing,
  information: string,
  days: readonly Bar[],
  size: readonly (readonly [string, string])[],
) {
  const last = days.at(-1)?.time ?? call.now;
  const refreshed = isRunning(listing, last, call.now) ? labelTime(EASTERN, call.now) : labelDate(last);
  return [
    ['Information', information],
    ['Symbol', call.query.get('symbol') as string],
    ['Last Refreshed', refreshed],
    ...size,
    ['Time Zone', EASTERN],
  ] as const;
}

function plainRow(bar: Bar): SeriesRow {
  return { label: labelDate(bar.time), values: [...pricesOf(bar), volumeOf(bar)] };
}

/** Open, high, low and close stay as traded; only one more close has splits and dividends taken out. */
function adjustedRows(
  { market, now }: Call,
  listing: Listing,
  periods: readonly { readonly bar: Bar; readonly days: readonly Bar[] }[],
  daily: boolean,
): SeriesRow[] {
  const first = periods[0]?.days[0]?.time ?? now;
  const { both } = adjustmentsFrom(market, listing, first, now);
  const events = eventsOf(market, listing, first, now + 1);
  return periods
    .map(({ bar, days }) => {
      const start = (days[0] as Bar).time;
      const inside = events.filter(({ time }) => time >= start && time <= bar.time);
      const dividend = inside.reduce((sum, event) => (event.kind === 'dividend' ? sum + event.amount : sum), 0);
      const split = inside.reduce(
        (ratio, event) => (event.kind === 'split' ? (ratio * event.numerator) / event.denominator : ratio),
        1,
      );
      const values = [...pricesOf(bar), (bar.close * both(bar.time)).toFixed(4), volumeOf(bar), dividend.toFixed(4)];
      return { label: labelDate(bar.time), values: daily ? [...values, split.toFixed(4)] : values };
    })
    .reverse();
}

export function pricesOf({ open, high, low, close }: Bar, decimals = 4): string[] {
  return [open, high, low, close].map((price) => price.toFixed(decimals));
}

export function volumeOf({ volume }: Bar): string {
  return String(Math.round(volume));
}
