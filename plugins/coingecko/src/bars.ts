import type { BarRequest, Batch, Context, Row } from 'almanac/provider';
import { askCandles } from './ask-candles.js';
import { askSamples } from './ask-samples.js';
import { deriveBars } from './derive-bars.js';
import { findCoin } from './find-coin.js';
import { barsOfHourly, hourlyRequest, pageBars, type Span } from './hourly-pages.js';
import { type CandleRange, DAY, type LatestCandles, OFFERS, type Offer, reachOf, type Samples } from './offers.js';
import { keyHeader, type Options, planOf, urlOf } from './options.js';
import { type Pair, pairOf } from './symbol.js';

/** What one run of `bars` works on. */
interface Job {
  readonly coin: string;
  readonly currency: Pair['currency'];
  readonly step: number;
  readonly context: Context<Options>;
}

export async function* bars(request: BarRequest, context: Context<Options>): AsyncIterable<Batch> {
  const plan = planOf(context.options);
  const offer = OFFERS[plan].find(({ timeframe }) => timeframe === request.timeframe);
  if (offer === undefined) throw refuseTimeframe(request, context);
  const span = clamp(request, offer, context);
  if (!(span.start < span.end)) return;
  context.signal.throwIfAborted();
  const { ticker, currency } = pairOf(request.instrument);
  const job: Job = { coin: await findCoin(ticker, context), currency, step: offer.step, context };
  for await (const rows of serve(span, offer, job)) {
    if (rows.length > 0) yield rows;
    context.signal.throwIfAborted();
  }
}

function serve(span: Span, offer: Offer, job: Job): AsyncIterable<readonly Row[]> {
  if (offer.via === 'ohlc') return serveLatest(span, offer, job);
  return offer.via === 'ohlc-range' ? serveRange(span, offer, job) : serveDerived(span, offer, job);
}

/** The shortest window that reaches the start. It is counted back from now, so a bar is kept clear at its edge. */
async function* serveLatest(wanted: Span, { days }: LatestCandles, job: Job): AsyncIterable<readonly Row[]> {
  const age = job.context.now() - wanted.start + job.step;
  const window = days.find((each) => age <= each * DAY) ?? days.at(-1);
  yield await askCandles(candlesOf(job, '/ohlc', { days: String(window) }, wanted), job.context);
}

/** Both ends are inside by the candles' stamps, which are closes. */
async function* serveRange(span: Span, offer: CandleRange, job: Job): AsyncIterable<readonly Row[]> {
  for (const wanted of pageBars(span, job.step, offer.barsPerRequest)) {
    const from = String((wanted.start + job.step) / 1000);
    const query = { from, to: String(wanted.end / 1000), interval: offer.interval };
    yield await askCandles(candlesOf(job, '/ohlc/range', query, wanted), job.context);
  }
}

/** The kind of prices belongs to the timeframe, so that a bar is the same however it is asked for. */
async function* serveDerived(span: Span, { spacing }: Samples, job: Job): AsyncIterable<readonly Row[]> {
  const { step, context, coin, currency } = job;
  const now = context.now();
  for (const wanted of spacing === 'hourly' ? pageBars(span, step, barsOfHourly(step)) : [span]) {
    const range =
      spacing === 'hourly' ? hourlyRequest(wanted, step, now) : { start: wanted.start - step / 2, end: now };
    yield deriveBars(await askSamples({ coin, currency, range, step }, context), wanted, step);
  }
}

function candlesOf(job: Job, path: string, query: Readonly<Record<string, string>>, wanted: Span) {
  const { options } = job.context;
  const whole = `/coins/${encodeURIComponent(job.coin)}${path}`;
  const url = urlOf(options, whole, { vs_currency: job.currency, ...query });
  return { request: { url, headers: keyHeader(options) }, step: job.step, wanted };
}

/** To whole bars, closed ones, within reach; what lies wholly beyond the reach is said, never answered with nothing. */
function clamp(request: BarRequest, offer: Offer, context: Context<Options>): Span {
  const { step } = offer;
  const now = context.now();
  const reach = reachOf(offer);
  const since = 'since' in reach ? reach.since : now - reach.age;
  if (request.start < request.end && request.end <= since) throw refuseRange(request, since, context);
  return {
    start: ceilTo(Math.max(request.start, since), step),
    end: Math.min(ceilTo(request.end, step), Math.floor(now / step) * step),
  };
}

function refuseRange({ timeframe }: BarRequest, since: number, context: Context<Options>): Error {
  const day = new Date(since).toISOString().slice(0, 10);
  const plan = planOf(context.options);
  const message = `it has ${timeframe} since ${day} ${plan === 'none' ? 'without a key' : `on the ${plan} plan`}`;
  return context.error('OUT_OF_REACH', message, { suggestion: `ask from ${day} on` });
}

function refuseTimeframe({ timeframe }: BarRequest, context: Context<Options>): Error {
  const has = OFFERS[planOf(context.options)].map((offer) => offer.timeframe).join(', ');
  return context.error('UNSUPPORTED', `it has no ${timeframe}; it has ${has}`);
}

function ceilTo(instant: number, step: number): number {
  return Math.ceil(instant / step) * step;
}
