import type { Bar } from '../running-bar.js';
import { type Call, COMPACT, findCoin, InvalidCall, wantsFull } from './call.js';
import { groupDays, readDays } from './days.js';
import { isInterval, readIntraday } from './intraday-bars.js';
import { labelDate, labelTime } from './labels.js';
import type { Series } from './series.js';
import { pricesOf } from './stock-days.js';

const DAY = 86_400_000;
const COLUMNS = ['open', 'high', 'low', 'close', 'volume'];
const NAMES: Readonly<Record<string, string>> = { BTC: 'Bitcoin', ETH: 'Ethereum', SOL: 'Solana' };

/** Days, weeks and months of a coin, in UTC and with eight decimals; a week carries the date of its last day. */
export async function coinPeriods(call: Call): Promise<Series> {
  const listing = findCoin(call);
  const word = call.name.endsWith('DAILY') ? 'Daily' : call.name.endsWith('WEEKLY') ? 'Weekly' : 'Monthly';
  const days = await readDays(call.market, listing, 0, call.now);
  const bars = word === 'Daily' ? days : groupDays(days, word === 'Weekly' ? '1w' : '1mo').map(({ bar }) => bar);
  return {
    meta: [
      ['Information', `${word} Prices and Volumes for Digital Currency`],
      ...pairMeta(call),
      ['Last Refreshed', `${labelDate(days.at(-1)?.time ?? call.now)} 00:00:00`],
      ['Time Zone', 'UTC'],
    ],
    title: `Time Series (Digital Currency ${word})`,
    columns: COLUMNS,
    rows: bars.map((bar) => ({ label: labelDate(bar.time), values: valuesOf(bar) })).reverse(),
    file: `currency_${word.toLowerCase()}_${call.query.get('symbol')}_${call.query.get('market')}`,
  };
}

export function coinIntraday(call: Call): Series {
  const listing = findCoin(call);
  const interval = call.query.get('interval');
  if (!isInterval(interval)) throw new InvalidCall();
  const full = wantsFull(call);
  const bars = readIntraday(call.market, listing, interval, call.now - 30 * DAY, call.now + 1, call.now, false);
  const shown = full ? bars : bars.slice(-COMPACT);
  return {
    meta: [
      ['Information', `Crypto Intraday (${interval}) Time Series`],
      ...pairMeta(call),
      ['Last Refreshed', labelTime('UTC', shown.at(-1)?.time ?? call.now)],
      ['Interval', interval],
      ['Output Size', full ? 'Full size' : 'Compact'],
      ['Time Zone', 'UTC'],
    ],
    title: `Time Series Crypto (${interval})`,
    columns: COLUMNS,
    rows: shown.map((bar) => ({ label: labelTime('UTC', bar.time), values: valuesOf(bar) })).reverse(),
    file: `crypto_intraday_${interval}_${call.query.get('symbol')}`,
  };
}

function pairMeta({ query }: Call) {
  const code = query.get('symbol') as string;
  return [
    ['Digital Currency Code', code],
    ['Digital Currency Name', NAMES[code.toUpperCase()] ?? code],
    ['Market Code', query.get('market') as string],
    ['Market Name', 'United States Dollar'],
  ] as const;
}

function valuesOf(bar: Bar): string[] {
  return [...pricesOf(bar, 8), bar.volume.toFixed(8)];
}
