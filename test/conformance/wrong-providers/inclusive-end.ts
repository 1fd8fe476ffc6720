import type { Provider } from '../../../src/provider/index.js';
import { type TinyOptions, tiny, tinyBars } from '../tiny-provider.js';

/** Takes the end for inside. */
export const inclusiveEnd: Provider<TinyOptions> = {
  ...tiny,
  bars: (request, context) => tinyBars({ ...request, end: request.end + 1 }, context),
};
