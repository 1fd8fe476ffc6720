import type { Market } from '../../market/market.js';
import { DAY, openOf } from '../../market/steps.js';
import { FOREVER } from '../../market/trading.js';
import { findKlines, type Kline } from '../binance/klines.js';
import type { Quirk } from './quirks.js';
import type { BulkFile } from './series.js';
import { createNumberWriter } from './write-number.js';

const HEADER =
  'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n';
/** Futures files from here on begin with a line of names; older ones were never made again. */
const NAMED_FROM = Date.UTC(2022, 5, 1);
/** Spot files from here on count microseconds. */
const MICROSECONDS_FROM = Date.UTC(2025, 0, 1);

/** The rows that open in the file's period, undefined when there are none. */
export function writeCsv(market: Market, file: BulkFile, quirks: readonly Quirk[]): Buffer | undefined {
  const { family, listing, step } = file.series;
  const spot = family.id === 'spot';
  const lacking = new Set(quirks.flatMap((quirk) => (quirk.kind === 'lacks-days' ? quirk.days.map(Date.parse) : [])));
  const stop = Math.min(...quirks.map((quirk) => (quirk.kind === 'partial' ? Date.parse(quirk.at) : Infinity)));
  const names = !spot && file.start >= NAMED_FROM ? HEADER : '';
  const days: Buffer[] = [];
  const format = formatFor(file.series);
  const question = { listing, step, now: FOREVER };
  // Day by day, so that a month of minutes is never a month of objects.
  const stride =
    file.end - file.start > DAY && openOf(step, file.start + DAY - 1) > file.start ? DAY : file.end - file.start;
  for (let start = file.start; start < file.end; start += stride) {
    const klines = findKlines(market, { ...question, start, end: Math.min(start + stride, file.end, stop) });
    const rows = klines.filter(({ openTime }) => !lacking.has(openOf('1d', openTime)));
    // Bytes at once: a month of text in pieces keeps the collector busier than all the formatting.
    if (rows.length > 0) days.push(Buffer.from(rows.map(format).join(''), 'latin1'));
  }
  if (days.length === 0) return undefined;
  if (quirks.some(({ kind }) => kind === 'unsorted')) {
    const rows = Buffer.concat(days).toString('latin1').trimEnd().split('\n').reverse();
    return Buffer.from(`${names}${rows.join('\n')}\n`);
  }
  return Buffer.concat([Buffer.from(names), ...days]);
}

type Format = (kline: Kline) => string;

function formatFor({ family, listing }: BulkFile['series']): Format {
  const spot = family.id === 'spot';
  const um = family.id === 'um';
  const price = createNumberWriter(listing.decimals, spot ? 8 : listing.decimals);
  const amount = createNumberWriter(spot ? 5 : um ? 3 : 0, spot ? 8 : um ? 3 : 0);
  const quote = createNumberWriter(family.id === 'cm' ? 8 : 4, um ? 5 : 8);
  return (kline) => {
    const { openTime, closeTime, open, high, low, close, volume, quoteVolume, trades } = kline;
    const micro = spot && openTime >= MICROSECONDS_FROM;
    const opened = micro ? openTime * 1000 : openTime;
    const closed = micro ? closeTime * 1000 + 999 : closeTime;
    const prices = `${price(open)},${price(high)},${price(low)},${price(close)}`;
    const takers = `${amount(kline.takerBase)},${quote(kline.takerQuote)}`;
    return `${opened},${prices},${amount(volume)},${closed},${quote(quoteVolume)},${trades},${takers},${kline.ignore}\n`;
  };
}
