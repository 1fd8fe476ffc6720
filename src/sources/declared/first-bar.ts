import { closeOf, TIMEFRAMES, type Timeframe } from '../../market/timeframe.js';
import type { BarRequest, Batch, Context, Provider } from '../../provider/index.js';
import type { compileBars } from './bars.js';
import type { Options } from './options.js';
import type { Declaration } from './schema.js';

type FirstBar = NonNullable<Provider<Options>['firstBar']>;

/**
 * Looks for the first bar in the longest timeframe, where a reply covers years, and then for its first part in the one
 * that is wanted. Undefined where a file's reach moves with time: then there is nothing to look for.
 */
export function compileFirstBar(file: Declaration, bars: ReturnType<typeof compileBars>): FirstBar | undefined {
  const { style } = file.paging;
  const longest = TIMEFRAMES.findLast((timeframe) => file.timeframes[timeframe] !== undefined);
  const since = longest === undefined ? undefined : sinceOf(file, longest);
  if (longest === undefined || since === undefined || style === 'none' || style === 'cursor') return undefined;
  return async ({ instrument, timeframe }, context) => {
    const own = sinceOf(file, timeframe);
    if (own === undefined) return undefined;
    const first = await ask(bars, { instrument, timeframe: longest, start: since, end: context.now() }, context);
    if (first === undefined || timeframe === longest) return first;
    const start = Math.max(first, own);
    const end = Math.max(closeOf(longest, first), start + 1);
    return (await ask(bars, { instrument, timeframe, start, end }, context)) ?? start;
  };
}

function sinceOf({ timeframes }: Declaration, timeframe: Timeframe): number | undefined {
  const since = timeframes[timeframe]?.reach.since;
  return since === undefined ? undefined : Date.parse(since);
}

/** The time of the first row that comes; nothing more is asked once it is there. */
async function ask(
  bars: (request: BarRequest, context: Context<Options>) => AsyncIterable<Batch>,
  request: BarRequest,
  context: Context<Options>,
): Promise<number | undefined> {
  for await (const batch of bars(request, context)) {
    const [row] = 'columns' in batch ? [] : batch;
    if (row !== undefined) return row.time;
  }
  return undefined;
}
