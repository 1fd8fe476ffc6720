import { AlmanacError } from '../../market/almanac-error.js';
import type { Expectation } from '../../market/expected.js';
import { closedUntil } from '../../market/expected.js';
import type { Range } from '../../market/range.js';
import type { ParsedSymbol } from '../../market/symbol.js';
import { closeOf } from '../../market/timeframe.js';
import type { Host } from '../../sources/host/create-host.js';
import type { Choice, Routed, RouteRequest } from '../../sources/route.js';
import type { Store } from '../../store/face.js';
import { reachOf } from '../fill/reach-of.js';
import { barsBefore } from '../fill/walk-bars.js';
import { readWhoseRows } from '../fill/whose-rows.js';
import { chooseProvider } from './choose-provider.js';
import { type Comparison, compareProviders } from './compare-providers.js';
import { type Gathered, gatherBars } from './gather-bars.js';

export interface CompareRequest {
  readonly symbol: ParsedSymbol;
  readonly providers: readonly [string, string];
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  readonly tolerance: number;
}

export interface CompareTools {
  readonly store: Store;
  readonly route: (request: Omit<RouteRequest, 'now'>) => Routed;
  readonly host: (provider: string) => Promise<Host>;
  readonly expectation: Expectation;
  readonly now: number;
}

export interface CompareResult {
  readonly symbol: string;
  readonly range: Range;
  readonly sides: readonly [Omit<Gathered, 'bars'>, Omit<Gathered, 'bars'>];
  readonly comparison: Comparison;
  readonly tolerance: number;
}

/** So many bars where no dates are said. */
const USUAL = 500;

/** Two sources side by side; nothing is stored. */
export async function runCompare(request: CompareRequest, tools: CompareTools): Promise<CompareResult> {
  const { symbol, providers, tolerance } = request;
  const { store, expectation, now, host } = tools;
  const series = store.series(symbol.symbol, expectation.timeframe);
  const whose = await readWhoseRows(series);
  const choices = providers.map((id) => chooseProvider(id, symbol, expectation.timeframe, tools.route));
  const range = rangeOf(request, choices, providers.flatMap(whose.rangesOf), tools);
  const sides: Gathered[] = [];
  for (const choice of choices) {
    const own = whose.rangesOf(choice.provider);
    sides.push(await gatherBars(choice, range, { series, own, host, expectation, now }));
  }
  const [one, other] = sides as [Gathered, Gathered];
  for (const { provider, bars } of [one, other]) {
    if (bars.time.length > 0) continue;
    throw new AlmanacError('NO_DATA', `${provider} has no ${symbol.symbol} ${expectation.timeframe} in this range`, {
      suggestions: ['--start-date and --end-date with another range', `almanac providers info ${provider}`],
    });
  }
  const comparison = compareProviders(expectation.timeframe, one.bars, other.bars, tolerance);
  return { symbol: symbol.symbol, range, sides: [one, other], comparison, tolerance };
}

/** As asked; else the last bars that the cache has of either, or that have closed, as far as both reach. */
function rangeOf(
  { start, end }: CompareRequest,
  choices: readonly Choice[],
  cached: readonly Range[],
  { expectation, now }: CompareTools,
): Range {
  const closed = closedUntil(expectation, now);
  const reach = Math.max(...choices.map((choice) => reachOf(choice, now)));
  const known = cached.map((each) => each.end).filter((each) => each > reach);
  const until = Math.min(closed, end ?? (known.length > 0 ? Math.max(...known) : closed));
  const from = start ?? Math.max(reach, barsBefore(expectation, until, USUAL));
  if (from < until) return { start: from, end: until };
  // A start that is still to come, or an end that neither reaches.
  return { start: from, end: Math.max(until, closeOf(expectation.timeframe, from)) };
}
