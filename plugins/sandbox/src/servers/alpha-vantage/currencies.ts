import { type Call, COMPACT, findPair, InvalidCall, wantsFull } from './call.js';
import { groupDays, readDays } from './days.js';
import { isInterval, readIntraday } from './intraday-bars.js';
import { labelDate, labelTime } from './labels.js';
import type { Series } from './series.js';
import { pricesOf } from './stock-days.js';

const DAY = 86_400_000;
const COLUMNS = ['open', 'high', 'low', 'close'];
const DECIMALS = 5;

/** Days, weeks and months of a pair of currencies: nobody counts what is traded. */
export async function pairPeriods(call: Call): Promise<Series> {
  const listing = findPair(call);
  const word = call.name.endsWith('DAILY') ? 'Daily' : call.name.endsWith('WEEKLY') ? 'Weekly' : 'Monthly';
  const full = word !== 'Daily' || wantsFull(call);
  const days = await readDays(call.market, listing, full ? 0 : call.now - 160 * DAY, call.now);
  const bars = word === 'Daily' ? days : groupDays(days, word === 'Weekly' ? '1w' : '1mo').map(({ bar }) => bar);
  const shown = full ? bars : bars.slice(-COMPACT);
  const refreshed = ['Last Refreshed', labelTime('UTC', call.now)] as const;
  const size = ['Output Size', full ? 'Full Size' : 'Compact'] as const;
  return {
    meta: [
      ['Information', `Forex ${word} Prices (open, high, low, close)`],
      ...pairMeta(call),
      ...(word === 'Daily' ? [size, refreshed] : [refreshed]),
      ['Time Zone', 'UTC'],
    ],
    title: `Time Series FX (${word})`,
    columns: COLUMNS,
    rows: shown.map((bar) => ({ label: labelDate(bar.time), values: pricesOf(bar, DECIMALS) })).reverse(),
    file: `fx_${word.toLowerCase()}_${listing.names['alpha-vantage']}`,
  };
}

export function pairIntraday(call: Call): Series {
  const listing = findPair(call);
  const interval = call.query.get('interval');
  if (!isInterval(interval)) throw new InvalidCall();
  const full = wantsFull(call);
  const bars = readIntraday(call.market, listing, interval, call.now - 30 * DAY, call.now + 1, call.now, false);
  const shown = full ? bars : bars.slice(-COMPACT);
  return {
    meta: [
      ['Information', `FX Intraday (${interval}) Time Series`],
      ...pairMeta(call),
      ['Last Refreshed', labelTime('UTC', shown.at(-1)?.time ?? call.now)],
      ['Interval', interval],
      ['Output Size', full ? 'Full size' : 'Compact'],
      ['Time Zone', 'UTC'],
    ],
    title: `Time Series FX (${interval})`,
    columns: COLUMNS,
    rows: shown.map((bar) => ({ label: labelTime('UTC', bar.time), values: pricesOf(bar, DECIMALS) })).reverse(),
    file: `fx_intraday_${interval}_${listing.names['alpha-vantage']}`,
  };
}

function pairMeta({ query }: Call) {
  return [
    ['From Symbol', query.get('from_symbol') as string],
    ['To Symbol', query.get('to_symbol') as string],
  ] as const;
}
