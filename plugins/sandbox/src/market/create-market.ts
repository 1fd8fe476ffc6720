import { aggregate } from './aggregate.js';
import { createChunkCache } from './chunk-cache.js';
import { append, type Columns, createColumns, toTruth } from './columns.js';
import { findEvents, type MarketEvent } from './events.js';
import { keyOf } from './hash.js';
import { RECIPES, type Recipe } from './listings.js';
import type { Listing, Market, Step } from './market.js';
import { createMinutes } from './minutes.js';
import type { Outage } from './outages.js';
import { scalesOf } from './scales.js';
import { createSeconds } from './seconds.js';
import { DAY, lengthOf, nextOpen, openerOf, openOf } from './steps.js';
import { createTicks, type Ticks } from './ticks.js';
import { FOREVER } from './trading.js';

/** Every step up to a day divides a chunk, so that no bar lies in two. */
const CHUNK = 32 * DAY;
const MINUTES_KEPT = 600_000;
const COARSE_KEPT = 300_000;

export interface SandboxMarket extends Market {
  /** Splits and dividends in [start, end). Bars are as traded: prices before a split are not divided by it. */
  events(listing: Listing, start: number, end: number): readonly MarketEvent[];
  /** When this listing's exchange stood still. */
  outages(listing: Listing): readonly Outage[];
}

interface Maker {
  readonly recipe: Recipe;
  readonly minutes: (start: number, end: number) => Columns;
  readonly seconds: (minutes: Columns) => Columns;
  readonly ticks: Ticks | undefined;
}

export function createMarket({ seed = 1 }: { readonly seed?: number } = {}): SandboxMarket {
  const makers = new Map(RECIPES.map((recipe) => [recipe.symbol, createMaker(recipe, seed)]));
  const cacheMinutes = createChunkCache(MINUTES_KEPT);
  const cacheCoarse = createChunkCache(COARSE_KEPT);

  const makerOf = (listing: Listing): Maker => {
    const maker = makers.get(listing.symbol);
    if (maker === undefined) throw new Error(`The sandbox has no ${listing.symbol}.`);
    return maker;
  };

  const chunkOf = (maker: Maker, step: Step, chunk: number): Columns => {
    const key = `${maker.recipe.symbol} ${step} ${chunk}`;
    const start = chunk * CHUNK;
    if (step === '1m') return cacheMinutes(key, () => maker.minutes(start, start + CHUNK));
    return cacheCoarse(key, () => {
      const coarse = aggregate(chunkOf(maker, '1m', chunk), openerOf(step));
      const cut = createColumns(coarse.length);
      append(cut, coarse, start, start + CHUNK);
      return cut;
    });
  };

  const gather = (maker: Maker, step: Step, start: number, end: number): Columns => {
    const chunks: Columns[] = [];
    for (let chunk = Math.floor(start / CHUNK); chunk * CHUNK < end; chunk++) chunks.push(chunkOf(maker, step, chunk));
    const gathered = createColumns(chunks.reduce((rows, { length }) => rows + length, 0));
    for (const chunk of chunks) append(gathered, chunk, start, end);
    return gathered;
  };

  const columnsOf = (maker: Maker, step: Step, start: number, end: number): Columns => {
    if (step === '1s') {
      if (maker.ticks) return createColumns(0);
      const whole = maker.seconds(gather(maker, '1m', openOf('1m', start), end));
      const seconds = createColumns(whole.length);
      append(seconds, whole, start, end);
      return seconds;
    }
    if ((lengthOf(step) ?? Number.POSITIVE_INFINITY) <= DAY) return gather(maker, step, start, end);
    const days = gather(maker, '1d', openOf(step, start), nextOpen(step, openOf(step, end - 1)));
    const whole = aggregate(days, openerOf(step));
    const bars = createColumns(whole.length);
    append(bars, whole, start, end);
    return bars;
  };

  return {
    listings: RECIPES,
    find: (name) =>
      RECIPES.find(({ symbol }) => symbol === name) ?? RECIPES.find(({ names }) => Object.values(names).includes(name)),
    bars(listing, step, start, end) {
      const maker = makerOf(listing);
      const from = Math.max(start, openOf(step, maker.recipe.listedFrom));
      const to = Math.min(end, maker.recipe.listedUntil ?? FOREVER);
      const columns = from < to ? columnsOf(maker, step, from, to) : createColumns(0);
      return toTruth(columns, scalesOf(maker.recipe));
    },
    ticks: (listing, start, end) =>
      makerOf(listing).ticks?.list(start, end) ?? { time: new Float64Array(), price: new Float64Array() },
    events: (listing, start, end) =>
      findEvents(makerOf(listing).recipe, keyOf(`${listing.symbol} dividends`, seed), start, end),
    outages: (listing) => makerOf(listing).recipe.outages,
  };
}

function createMaker(recipe: Recipe, seed: number): Maker {
  const ticks = recipe.tickMs === undefined ? undefined : createTicks(recipe, seed);
  const minutes = ticks === undefined ? createMinutes(recipe, seed) : ticks.toMinutes;
  return { recipe, minutes, seconds: createSeconds(recipe, seed), ticks };
}
