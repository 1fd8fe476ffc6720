import { parseSymbol } from '../market/symbol.js';
import { closeOf, DAY, openOf } from '../market/timeframe.js';
import type {
  AnyProvider,
  BarRequest,
  Capabilities,
  Instrument,
  MarketCapability,
  TimeframeCapability,
} from '../provider/index.js';

/** What of a provider is tried: its sample, made sure of. */
export interface Subject {
  readonly capabilities: Capabilities;
  readonly market: MarketCapability;
  readonly offer: TimeframeCapability;
  /** The known sample, moved by whole weeks where it would lie beyond the reach or after now. */
  readonly known: BarRequest;
  readonly unknown: Instrument;
}

/** The subject, or the sentence that says why there is none. */
export function findSubject(provider: AnyProvider, options: unknown, now: number): Subject | string {
  const { known, unknown } = provider.samples;
  const capabilities = provider.capabilities(options);
  const instrument = provider.instrument(parseSymbol(known.symbol), options);
  if (instrument === undefined) return `its own sample ${known.symbol} is not one of its symbols`;
  const missing = provider.instrument(parseSymbol(unknown), options);
  if (missing === undefined)
    return `samples.unknown ${unknown} is refused by its form: it must look like one of its own`;
  const market = capabilities.markets.find(
    (each) => each.assetClass === instrument.assetClass && each.market === instrument.market,
  );
  if (market === undefined) return `capabilities name no market for ${known.symbol} (${instrument.assetClass})`;
  const offer = market.timeframes.find(({ timeframe }) => timeframe === known.timeframe);
  if (offer === undefined) return `capabilities do not have ${known.timeframe}, the timeframe of its sample`;
  const range = moveIntoReach(Date.parse(known.start), Date.parse(known.end), offer, now);
  if (typeof range === 'string') return range;
  const request: BarRequest = { instrument, timeframe: known.timeframe, ...range };
  return { capabilities, market, offer, known: request, unknown: missing };
}

/** A sample is written once and a reach moves on: whole weeks keep its weekdays. */
function moveIntoReach(start: number, end: number, offer: TimeframeCapability, now: number) {
  if (!(start < end)) return `samples.known ends at ${new Date(end).toISOString()}, not after its start`;
  const { timeframe, reach } = offer;
  const week = 7 * DAY;
  const oldest = reach === undefined ? Number.NEGATIVE_INFINITY : 'since' in reach ? reach.since : now - reach.age;
  const later = start < oldest ? Math.floor((now - DAY - end) / week) * week : 0;
  const earlier = end > now ? Math.ceil((end - now) / week) * week : 0;
  const moved = { start: start + later - earlier, end: end + later - earlier };
  if (moved.start < oldest || moved.end > now)
    return `its sample is longer than the reach of ${timeframe}, or lies ahead`;
  if (closeOf(timeframe, openOf(timeframe, moved.start)) >= moved.end) return 'samples.known must hold several bars';
  return moved;
}
