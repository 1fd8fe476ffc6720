import { formatInstant } from '../../market/instant.js';
import type { Range } from '../../market/range.js';
import type { ParsedSymbol } from '../../market/symbol.js';
import type { Timeframe } from '../../market/timeframe.js';
import type { Instrument, MarketCapability, TimeframeCapability } from '../../provider/index.js';
import type { PreparedProvider } from '../registry/prepare-provider.js';
import { missingKey, suggestKey } from '../registry/read-keys.js';
import { claimSymbol, marketsOf } from './claim-symbol.js';

/** What a provider could be asked for, with the part of its capabilities that speaks of exactly that. */
export interface Offer {
  readonly instrument: Instrument;
  readonly market: MarketCapability;
  readonly timeframe: TimeframeCapability;
  /** The first instant it reaches, where it does not reach all that is asked. */
  readonly from?: number;
}

export interface Wanted {
  readonly symbol: ParsedSymbol;
  readonly timeframe: Timeframe;
  readonly range?: Range | undefined;
  /** The data clock. */
  readonly now: number;
  /** The class that the symbol is taken for is not held against it. */
  readonly anyClass?: boolean;
}

export interface Unfit {
  readonly reason: string;
  /** It has no symbol of this form. */
  readonly stranger?: boolean;
  /** It has nothing of the class that the symbol is taken for. */
  readonly lacksClass?: boolean;
  /** What to type so that it can. */
  readonly remedy?: string;
}

/** Why a provider cannot serve a request, or what it would serve. Nothing is asked of anybody. */
export function judgeProvider(prepared: PreparedProvider, wanted: Wanted): Offer | Unfit {
  const { symbol, timeframe } = wanted;
  if (!prepared.ready) {
    const { problem, suggestion } = prepared;
    return { reason: problem, ...(suggestion === undefined ? {} : { remedy: suggestion }) };
  }
  const instrument = claimSymbol(prepared, symbol, wanted.anyClass);
  if (instrument === undefined) return { reason: `it has no symbol of this form: ${symbol.symbol}`, stranger: true };
  const markets = marketsOf(prepared, instrument);
  if (markets.length === 0) {
    const of = instrument.market === undefined ? '' : ` market ${instrument.market}`;
    return { reason: `it has no ${instrument.assetClass}${of}`, lacksClass: true };
  }
  for (const market of markets) {
    const found = market.timeframes.find((each) => each.timeframe === timeframe);
    if (found === undefined) continue;
    const missing = missingKey(prepared.keys);
    if (missing !== undefined) return { reason: 'it needs a key', remedy: suggestKey(missing) };
    const from = reachOf(found, wanted.now);
    if (from === undefined || wanted.range === undefined || from <= wanted.range.start)
      return { instrument, market, timeframe: found };
    if (from >= wanted.range.end) return { reason: `its ${timeframe} reaches back to ${formatInstant(from)} only` };
    return { instrument, market, timeframe: found, from };
  }
  const has = markets.flatMap(({ timeframes }) => timeframes.map((each) => each.timeframe));
  return { reason: `it has no ${timeframe} of ${instrument.assetClass}, only ${has.join(', ')}` };
}

export function isOffer(judged: Offer | Unfit): judged is Offer {
  return 'instrument' in judged;
}

function reachOf({ reach }: TimeframeCapability, now: number): number | undefined {
  if (reach === undefined) return undefined;
  return 'age' in reach ? now - reach.age : reach.since;
}
