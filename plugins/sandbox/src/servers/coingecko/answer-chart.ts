import { DAY } from '../../market/steps.js';
import type { Question } from './answer-ohlc.js';
import type { Coin } from './coins.js';
import { readInstant } from './read-instant.js';
import { invalid, missing, proOnly, tooOld } from './refusals.js';
import { type Spacing, spacingOf, takeSamples } from './samples.js';

/** A request may be a moment old when it is judged. */
const LENIENCE = 60_000;

export function answerChart(question: Question, coin: Coin): unknown {
  const { params, plan, now, listing } = question;
  for (const name of ['vs_currency', 'days']) if (!params.get(name)) throw missing(name);
  const days = params.get('days') as string;
  if (days !== 'max' && !/^\d{1,6}(\.\d+)?$/.test(days)) throw invalid('Invalid days value');
  const from = days === 'max' ? (listing?.listedFrom ?? now) : now - Number(days) * DAY;
  return draw(question, coin, from, now, readSpacing(params.get('interval'), plan));
}

export function answerChartRange(question: Question, coin: Coin): unknown {
  const { params, plan } = question;
  for (const name of ['vs_currency', 'from', 'to']) if (!params.get(name)) throw missing(name);
  const [from, to] = ['from', 'to'].map((name) => readInstant(params.get(name) as string, plan)) as [number, number];
  return draw(question, coin, from, to, readSpacing(params.get('interval'), plan));
}

function draw({ market, listing, params, plan, now }: Question, coin: Coin, from: number, to: number, asked?: Spacing) {
  if (plan !== 'pro' && from < now - 365 * DAY - LENIENCE) throw tooOld(now);
  if (listing === undefined || from >= to || from > now || to < listing.listedFrom) {
    return { prices: [], market_caps: [], total_volumes: [] };
  }
  const samples = takeSamples(market, listing, asked ?? spacingOf(from, to, now), from, to, now);
  const digits = params.get('precision');
  const round = (value: number): number =>
    digits === null || digits === 'full' ? value : Number(value.toFixed(Number(digits)));
  const withTime = (values: readonly (number | null)[]) => values.map((value, row) => [samples.times[row], value]);
  return {
    prices: withTime(samples.prices.map(round)),
    // Of coins that nobody ranks nobody knows how many there are.
    market_caps: withTime(samples.prices.map((price) => (coin.rank === null ? null : price * coin.supply))),
    total_volumes: withTime(samples.volumes),
  };
}

function readSpacing(interval: string | null, plan: Question['plan']): Spacing | undefined {
  if (interval === null) return undefined;
  if (interval === 'daily') return 'daily';
  if (interval !== '5m' && interval !== 'hourly') throw invalid('Invalid interval');
  if (plan !== 'pro') throw proOnly();
  return interval === '5m' ? 'five-minute' : 'hourly';
}
