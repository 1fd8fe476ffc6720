import { type ParsedSymbol, parseSymbol } from '../../market/symbol.js';
import type { Timeframe } from '../../market/timeframe.js';
import type { Routed, RouteRequest } from '../../sources/route.js';

/** What may stand for a star, tried in turn until the name is of a kind that can be told. */
const STANDINS = ['100', 'USDT', 'BTC', 'USD', 'EURUSD', ''];
/** Whose list is meant where the pattern could be anything: the default for crypto. */
const USUAL = 'BTCUSDT';

/** Whose list a pattern is looked up in: whoever the routes name for symbols of that form, else for crypto. */
export function chooseLister(
  pattern: string,
  timeframe: Timeframe,
  route: (request: Omit<RouteRequest, 'now'>) => Routed,
): { readonly provider: string; readonly reason: string } | undefined {
  for (const symbol of [exampleOf(pattern), parseSymbol(USUAL)]) {
    const [choice] = symbol === undefined ? [] : route({ symbol, timeframe, purpose: 'primary' }).choices;
    if (choice !== undefined) return choice;
  }
  return undefined;
}

/** A symbol such as the pattern might mean; undefined where it only looks like a stock, as any word does. */
function exampleOf(pattern: string): ParsedSymbol | undefined {
  return STANDINS.flatMap((standin) => {
    const text = pattern.replaceAll('*', standin);
    return text === '' ? [] : [parseSymbol(text)];
  }).find(({ assetClass }) => assetClass !== 'equity');
}
