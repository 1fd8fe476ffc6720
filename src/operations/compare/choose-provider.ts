import { AlmanacError } from '../../market/almanac-error.js';
import type { ParsedSymbol } from '../../market/symbol.js';
import type { Timeframe } from '../../market/timeframe.js';
import type { Choice, Routed, RouteRequest } from '../../sources/route.js';

/** How a provider is asked for a series, or why it cannot be. */
export function chooseProvider(
  provider: string,
  symbol: ParsedSymbol,
  timeframe: Timeframe,
  route: (request: Omit<RouteRequest, 'now'>) => Routed,
): Choice {
  const { choices, refused } = route({ symbol, timeframe, provider, purpose: 'primary' });
  const [choice] = choices;
  if (choice !== undefined) return choice;
  throw new AlmanacError(
    'UNSUPPORTED',
    `${provider} cannot be asked for ${symbol.symbol} ${timeframe}: ${refused[0]?.reason}`,
    {
      suggestions: [refused[0]?.remedy ?? `almanac providers info ${provider}`],
    },
  );
}
