import type { Provider } from '../../../src/provider/index.js';
import { type TinyOptions, tiny, tinyBars } from '../tiny-provider.js';
import { HOUR } from '../tiny-server.js';

const STEP = 6 * HOUR;

/** Sends a request for every six bars, where its capabilities promise one for fifty. */
export const greedy: Provider<TinyOptions> = {
  ...tiny,
  async *bars(request, context) {
    for (let start = request.start; start < Math.min(request.end, context.now()); start += STEP) {
      yield* tinyBars({ ...request, start, end: Math.min(start + STEP, request.end) }, context);
    }
  },
};
