import type { Market } from '../../market/market.js';
import { DAY, lengthOf } from '../../market/steps.js';
import { type Family, findListing, findStep } from './families.js';
import { findKlines, type Kline, type KlineQuestion } from './klines.js';
import { readQuery, readZone } from './read-query.js';
import { Refusal } from './refusals.js';

const SPOT_PARAMETERS = ['symbol', 'interval', 'startTime', 'endTime', 'timeZone', 'limit'] as const;
const FUTURES_PARAMETERS = ['symbol', 'interval', 'startTime', 'endTime', 'limit'] as const;
const USUAL = 500;

export interface KlinesAsk {
  readonly family: Family;
  readonly params: URLSearchParams;
  readonly market: Market;
  readonly now: number;
  readonly microseconds: boolean;
  readonly offGrid: boolean;
}

export function answerKlines({ family, params, market, now, microseconds, offGrid }: KlinesAsk): unknown[] {
  const query = readQuery(params, family.id === 'spot' ? SPOT_PARAMETERS : FUTURES_PARAMETERS);
  const symbol = query.symbol();
  const step = findStep(family, query.mandatory('interval'));
  if (step === undefined) throw new Refusal(-1120, 'Invalid interval.');
  const listing = findListing(family, market, symbol);
  if (listing === undefined || listing.listedFrom > now) throw new Refusal(-1121, 'Invalid symbol.');
  const limit = query.number('limit') ?? USUAL;
  if (limit < 1) throw new Refusal(-1130, "Data sent for parameter 'limit' is not valid.");
  const question = { listing, step, now, offset: readZone(query.text('timeZone')), offGrid };
  const bounds = readBounds(family, query.instant('startTime'), query.instant('endTime'), now);
  const klines = pick(market, question, bounds, Math.min(limit, family.maxRows));
  return klines.map((kline) => toRow(kline, family, listing.decimals, microseconds));
}

/** Open times, and both belong to the range. */
interface Bounds {
  readonly start: number;
  readonly end: number;
  /** Of more than the limit. */
  readonly keep: 'oldest' | 'latest';
}

/** With a start the oldest from there, else the latest; where a span is set, always the latest of so long a time. */
function readBounds({ maxSpan }: Family, start: number | undefined, end: number | undefined, now: number): Bounds {
  if (maxSpan === undefined)
    return { start: start ?? 0, end: end ?? now, keep: start === undefined ? 'latest' : 'oldest' };
  const until = end ?? Math.min(now, (start ?? now) + maxSpan);
  const from = start ?? until - maxSpan;
  if (until - from > maxSpan) throw new Refusal(-4088, `Maximum time interval is ${maxSpan / DAY} days.`);
  return { start: from, end: until, keep: 'latest' };
}

function pick(
  market: Market,
  question: Omit<KlineQuestion, 'start' | 'end'>,
  { start, end, keep }: Bounds,
  limit: number,
): readonly Kline[] {
  const { listing, step, now } = question;
  const length = lengthOf(step) ?? (step === '1w' ? 7 : 31) * DAY;
  // Wider where nothing was found: the month before a listing is long, three minutes at a time.
  const widest = Math.max(limit, 1000) * length;
  let span = (limit + 2) * length;
  const first = Math.max(start, listing.listedFrom - 32 * DAY);
  const last = Math.min(end + 1, now + 1, (listing.listedUntil ?? now) + 1);
  const found: Kline[] = [];
  if (keep === 'oldest') {
    for (let from = first; from < last && found.length < limit; from += span) {
      if (from > first && found.length === 0) span = Math.max(span, Math.min(span * 2, widest));
      found.push(...findKlines(market, { ...question, start: from, end: Math.min(last, from + span) }));
    }
    return found.slice(0, limit);
  }
  for (let to = last; to > first && found.length < limit; to -= span) {
    found.unshift(...findKlines(market, { ...question, start: Math.max(first, to - span), end: to }));
  }
  return found.slice(-limit);
}

function toRow(kline: Kline, family: Family, decimals: number, microseconds: boolean): unknown[] {
  const spot = family.id === 'spot';
  const price = (value: number): string => value.toFixed(spot ? 8 : decimals);
  const amount = (value: number): string => value.toFixed(spot ? 8 : family.id === 'um' ? 3 : 0);
  const quote = (value: number): string => value.toFixed(family.id === 'um' ? 5 : 8);
  return [
    microseconds ? kline.openTime * 1000 : kline.openTime,
    price(kline.open),
    price(kline.high),
    price(kline.low),
    price(kline.close),
    amount(kline.volume),
    microseconds ? kline.closeTime * 1000 + 999 : kline.closeTime,
    quote(kline.quoteVolume),
    kline.trades,
    amount(kline.takerBase),
    quote(kline.takerQuote),
    kline.ignore,
  ];
}
