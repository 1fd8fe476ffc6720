import { parseSymbol } from '../../market/symbol.js';
import { openOf, type Timeframe } from '../../market/timeframe.js';
import type { Provider } from '../../provider/index.js';
import type { compileBars } from './bars.js';
import type { Options } from './options.js';
import type { Declaration } from './schema.js';
import { recognise } from './symbols.js';

/** A file names no question that is only a check: the last closed bar of its sample is the cheapest there is. */
export function compileProbe(
  file: Declaration,
  bars: ReturnType<typeof compileBars>,
): NonNullable<Provider<Options>['probe']> {
  const { symbol } = file.samples.known;
  const timeframe = file.samples.known.timeframe as Timeframe;
  return async (context) => {
    const instrument = recognise(parseSymbol(symbol), file);
    if (instrument === undefined) throw context.error('SYMBOL_UNKNOWN', `its sample ${symbol} is no symbol of its own`);
    const end = openOf(timeframe, context.now());
    // That nothing comes is an answer too: a market may be closed.
    for await (const _ of bars({ instrument, timeframe, start: openOf(timeframe, end - 1), end }, context)) break;
    return { detail: `answers for ${symbol} ${timeframe}` };
  };
}
