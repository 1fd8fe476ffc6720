import { mix, toUnit } from '../../market/hash.js';
import type { Listing, Market } from '../../market/market.js';
import { DAY, HOUR, MINUTE } from '../../market/steps.js';

export type Spacing = 'five-minute' | 'hourly' | 'daily';

const LENGTHS: Readonly<Record<Spacing, number>> = { 'five-minute': 5 * MINUTE, hourly: HOUR, daily: DAY };
/** A request takes a moment between asking and answering. */
const MOMENT = MINUTE;

/** How dense prices come follows from how long the range is, and whether it is the last day. */
export function spacingOf(from: number, to: number, now: number): Spacing {
  if (to - from > 90 * DAY) return 'daily';
  return from >= now - DAY - MOMENT ? 'five-minute' : 'hourly';
}

export interface Samples {
  readonly times: readonly number[];
  readonly prices: readonly number[];
  /** Of the 24 hours before each. */
  readonly volumes: readonly number[];
}

/**
 * Prices at odd moments in [from, to]: never on the grid, but for days. When the range reaches now two more come last:
 * the latest price, and the same again under the full second, which lies before it.
 */
export function takeSamples(
  market: Market,
  listing: Listing,
  spacing: Spacing,
  from: number,
  to: number,
  now: number,
): Samples {
  const times: number[] = [];
  const length = LENGTHS[spacing];
  const start = Math.max(from, listing.listedFrom);
  const until = Math.min(to, now);
  for (let slot = Math.floor(start / length); slot * length <= until; slot++) {
    const time = slot * length + delayOf(slot, spacing);
    if (time >= start && time <= until) times.push(time);
  }
  if (to >= now - MOMENT && from < now) {
    if (spacing !== 'daily') times.push(now);
    times.push(Math.floor(now / 1000) * 1000);
  }
  if (times.length === 0) return { times, prices: [], volumes: [] };
  const first = Math.min(times[0] as number, times.at(-1) as number);
  const minutes = spacing === 'daily' ? undefined : market.bars(listing, '1m', floorTo(first, MINUTE), now);
  const days = spacing === 'daily' ? market.bars(listing, '1d', first, now) : undefined;
  const opens = new Map<number, number>();
  days?.time.forEach((time, row) => {
    opens.set(time, days.open[row] as number);
  });
  const priceAt = (time: number): number => {
    const known = opens.get(time);
    if (known !== undefined) return known;
    const bars = minutes ?? market.bars(listing, '1m', floorTo(time, MINUTE), time + 1);
    const row = minutes ? (floorTo(time, MINUTE) - (minutes.time[0] as number)) / MINUTE : 0;
    return bars.open[Math.min(row, bars.open.length - 1)] as number;
  };
  const volumeAt = rollVolume(market, listing, first, now);
  return { times, prices: times.map(priceAt), volumes: times.map(volumeAt) };
}

/** Late by up to three minutes in five; of hours most by little, some by much. */
function delayOf(slot: number, spacing: Spacing): number {
  if (spacing === 'daily') return 0;
  const late = toUnit(mix(slot, 0x5eed));
  if (spacing === 'five-minute') return Math.floor(late * 2.8 * MINUTE) + 1;
  const much = mix(slot, 0xa11) % 20 === 0;
  return Math.floor(late * (much ? 49 : 5) * MINUTE) + 1;
}

function rollVolume(market: Market, listing: Listing, first: number, last: number): (time: number) => number {
  const hours = market.bars(listing, '1h', floorTo(first, HOUR) - DAY, last + 1);
  const sums = new Float64Array(hours.time.length + 1);
  for (let row = 0; row < hours.time.length; row++) {
    sums[row + 1] = (sums[row] as number) + (hours.quoteVolume[row] as number);
  }
  const origin = hours.time[0] ?? 0;
  return (time) => {
    const row = Math.min(hours.time.length, Math.max(0, (floorTo(time, HOUR) - origin) / HOUR));
    return (sums[row] as number) - (sums[Math.max(0, row - 24)] as number);
  };
}

function floorTo(time: number, length: number): number {
  return Math.floor(time / length) * length;
}
