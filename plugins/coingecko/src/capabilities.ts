import type { Capabilities, Pool, TimeframeCapability } from 'almanac/provider';
import { barsOfHourly } from './hourly-pages.js';
import { DAY, HOUR, MINUTE, OFFERS, type Offer, reachOf } from './offers.js';
import { type Options, type Plan, planOf, rootOf } from './options.js';

/** Without a key 5 to 15 a minute are let through, shared by everybody behind one address: the lower is always true. */
const POOLS: Readonly<Record<Plan, Pool>> = {
  none: { concurrency: 1, windows: [{ name: 'minute', max: 5, perMs: MINUTE }] },
  // 100 a minute today and 30 before: 30 has always been allowed, and the month ends this plan long before the minute.
  demo: {
    concurrency: 2,
    windows: [
      { name: 'minute', max: 30, perMs: MINUTE },
      { name: 'month', max: 10_000, perMs: 30 * DAY },
    ],
  },
  pro: { concurrency: 8, windows: [{ name: 'minute', max: 500, perMs: MINUTE }] },
};

export function describeCapabilities(options: Options): Capabilities {
  const plan = planOf(options);
  return {
    markets: [{ assetClass: 'crypto', calendar: '24x7', volume: 'none', timeframes: OFFERS[plan].map(describeOffer) }],
    limits: { pools: { main: POOLS[plan] } },
    hosts: [rootOf(options)],
  };
}

function describeOffer(offer: Offer): TimeframeCapability {
  return {
    timeframe: offer.timeframe,
    reach: reachOf(offer),
    barsPerRequest: barsPerRequest(offer),
    finality: finalityOf(offer),
    ...(offer.via === 'samples' ? { derived: true } : {}),
  };
}

function barsPerRequest(offer: Offer): number {
  if (offer.via === 'ohlc-range') return offer.barsPerRequest;
  if (offer.via === 'ohlc') return ((offer.days.at(-1) as number) * DAY) / offer.step;
  return offer.spacing === 'hourly' ? barsOfHourly(offer.step) : DAY / offer.step;
}

/**
 * Candles are cached for a quarter of an hour, so one that has just closed may have been drawn while it still
 * formed; a day is done 35 minutes after midnight. Hourly samples are cached for half an hour and come up to two
 * hours apart, and the next may turn out to be the close.
 */
function finalityOf(offer: Offer): number {
  if (offer.via === 'ohlc-range' && offer.interval === 'daily') return HOUR;
  if (offer.via !== 'samples') return 15 * MINUTE;
  return offer.spacing === 'five-minute' ? 10 * MINUTE : 150 * MINUTE;
}
