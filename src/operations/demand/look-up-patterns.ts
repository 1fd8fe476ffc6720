import { AlmanacError } from '../../market/almanac-error.js';
import { parseSymbol } from '../../market/symbol.js';
import { closeOf, openOf, type Timeframe } from '../../market/timeframe.js';
import type { Listing } from '../../provider/index.js';
import type { Host } from '../../sources/host/create-host.js';
import { matchGlob } from '../../sources/route/match-glob.js';
import type { Routed, RouteRequest } from '../../sources/route.js';
import { chooseLister } from './choose-lister.js';
import type { Want } from './want.js';

interface Demand {
  readonly symbols: readonly string[];
  readonly timeframes: readonly Timeframe[];
  readonly start?: number;
  readonly end?: number;
}

export interface LookUpTools {
  readonly route: (request: Omit<RouteRequest, 'now'>) => Routed;
  readonly host: (provider: string) => Promise<Host>;
  /** `--provider`: its list, whatever the routes say. */
  readonly provider?: string | undefined;
  /** Also what is no longer traded. */
  readonly delisted: boolean;
}

/** Demands with every pattern replaced by the names that its provider lists; a plain name stays as it is. */
export async function lookUpPatterns(demands: readonly Demand[], tools: LookUpTools): Promise<Want[]> {
  const lists = new Map<string, Promise<readonly Listing[]>>();
  const wants: Want[] = [];
  for (const { symbols, timeframes, ...range } of demands) {
    for (const name of symbols) {
      if (!name.includes('*')) {
        const symbol = parseSymbol(name);
        wants.push(...timeframes.map((timeframe) => ({ symbol, timeframe, ...range })));
        continue;
      }
      for (const [provider, some] of groupByLister(name, timeframes, tools)) {
        const list = lists.get(provider) ?? tools.host(provider).then(listAll);
        lists.set(provider, list);
        const found = matchListings(name, await list, provider, tools.delisted);
        wants.push(...found.flatMap((listing) => some.map((timeframe) => wantOf(listing, timeframe, range, provider))));
      }
    }
  }
  return wants;
}

/** Days may be routed to somebody else than minutes. */
function groupByLister(pattern: string, timeframes: readonly Timeframe[], tools: LookUpTools) {
  const groups = new Map<string, Timeframe[]>();
  for (const timeframe of timeframes) {
    const provider = tools.provider ?? chooseLister(pattern, timeframe, tools.route)?.provider;
    if (provider === undefined)
      throw new AlmanacError(
        'UNSUPPORTED',
        `nobody is known whose list ${JSON.stringify(pattern)} could be looked up in`,
        {
          suggestions: ['--provider ID', 'almanac providers list'],
        },
      );
    groups.set(provider, [...(groups.get(provider) ?? []), timeframe]);
  }
  return groups;
}

async function listAll({ provider, context }: Host): Promise<readonly Listing[]> {
  if (provider.instruments === undefined)
    throw new AlmanacError('UNSUPPORTED', `${provider.title} has no list of its symbols: patterns need one`, {
      suggestions: ['--symbols with each name', '--provider of one that lists its symbols'],
    });
  const all: Listing[] = [];
  for await (const some of provider.instruments(context)) all.push(...some);
  return all;
}

/** A pattern without a market is of the main market: `BTC*` finds no futures, `BTC*@um` does. */
function matchListings(pattern: string, list: readonly Listing[], provider: string, delisted: boolean): Listing[] {
  const market = /@[a-z*]+$/.test(pattern);
  const fitting = list.filter(
    (each) => (market || each.market === undefined) && matchGlob(pattern, each.symbol) && isStorable(each.symbol),
  );
  const found = fitting.filter(({ active }) => active || delisted);
  if (found.length > 0) return found.sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  const past = fitting.length === 0 ? '' : ` any more; it has ${fitting.length} that it no longer trades`;
  throw new AlmanacError('SYMBOL_UNKNOWN', `${provider} lists nothing like ${JSON.stringify(pattern)}${past}`, {
    suggestions: fitting.length === 0 ? ['--provider ID', "a wider pattern, such as 'BTC*'"] : ['--delisted'],
  });
}

/** What somebody else calls a symbol is not always one. */
function isStorable(symbol: string): boolean {
  try {
    parseSymbol(symbol);
    return true;
  } catch {
    return false;
  }
}

function wantOf(
  { symbol, assetClass, listedUntil }: Listing,
  timeframe: Timeframe,
  { start, end }: Pick<Demand, 'start' | 'end'>,
  provider: string,
): Want {
  const over = listedUntil === undefined ? undefined : closeOf(timeframe, openOf(timeframe, listedUntil - 1));
  const last = over === undefined ? end : Math.min(over, end ?? over);
  return {
    // Who lists it knows what it is.
    symbol: parseSymbol(symbol, assetClass),
    timeframe,
    ...(start === undefined ? {} : { start }),
    ...(last === undefined ? {} : { end: last }),
    provider,
    reason: 'it lists the symbol',
  };
}
