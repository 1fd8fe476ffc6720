import type { Provider } from '../../../src/provider/index.js';
import { type TinyOptions, tiny, tinyBars } from '../tiny-provider.js';

/** Takes the start for outside. */
export const dropsFirst: Provider<TinyOptions> = {
  ...tiny,
  bars: (request, context) => tinyBars({ ...request, start: request.start + 1 }, context),
};
