import type { Listing, Market } from '../../market/market.js';
import { DAY, HOUR } from '../../market/steps.js';
import { type Candle, listCandles, listLatest } from './candles.js';
import type { Plan } from './options.js';
import { readInstant } from './read-instant.js';
import { brokenInside, invalid, missing, proOnly, tooOld } from './refusals.js';

const DAYS = ['1', '7', '14', '30', '90', '180', '365'] as const;
const FIRST = Date.UTC(2018, 1, 9);
const LONGEST = { daily: 180 * DAY, hourly: 31 * DAY } as const;

export interface Question {
  readonly market: Market;
  /** Undefined: a coin without prices. */
  readonly listing: Listing | undefined;
  readonly params: URLSearchParams;
  readonly plan: Plan;
  readonly now: number;
}

export function answerOhlc({ market, listing, params, plan, now }: Question): readonly Candle[] {
  const days = params.get('days');
  if (params.get('vs_currency') === null || days === null) throw brokenInside();
  const interval = params.get('interval');
  if (interval !== null && plan !== 'pro') throw proOnly();
  if (days === 'max' && plan !== 'pro') throw tooOld(now);
  if (days !== 'max' && !DAYS.some((allowed) => allowed === days)) throw invalid('Invalid days value');
  if (listing === undefined) return [];
  const count = days === 'max' ? Math.ceil((now - Math.max(FIRST, listing.listedFrom)) / DAY) : Number(days);
  if (interval === null) return listLatest(market, listing, count, now);
  const [step, length] = readInterval(interval);
  const last = Math.floor(now / length) * length + length;
  return listCandles(market, listing, step, last - count * DAY, last, now);
}

/** Candles whose stamps lie in [from, to]: for those who pay. */
export function answerOhlcRange({ market, listing, params, plan, now }: Question): readonly Candle[] {
  if (plan !== 'pro') throw proOnly();
  for (const name of ['vs_currency', 'from', 'to', 'interval']) if (!params.get(name)) throw missing(name);
  const [step, length, interval] = readInterval(params.get('interval') as string);
  const from = readInstant(params.get('from') as string, plan);
  const to = readInstant(params.get('to') as string, plan);
  if (to - from > LONGEST[interval])
    throw invalid(`Invalid range: ${interval} data is limited to ${LONGEST[interval] / DAY} days a request`);
  if (listing === undefined) return [];
  const start = Math.max(from - length, FIRST);
  return listCandles(market, listing, step, start, to, now).filter(([stamp]) => stamp >= from && stamp <= to);
}

function readInterval(text: string): readonly ['1d' | '1h', number, 'daily' | 'hourly'] {
  if (text === 'daily') return ['1d', DAY, text];
  if (text === 'hourly') return ['1h', HOUR, text];
  throw invalid('Invalid interval');
}
