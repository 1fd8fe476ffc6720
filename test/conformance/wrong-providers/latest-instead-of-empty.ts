import type { Provider } from '../../../src/provider/index.js';
import { type TinyOptions, tiny, tinyBars } from '../tiny-provider.js';
import { HOUR } from '../tiny-server.js';

/** Gives the latest bars where there are none in the range. */
export const latestInsteadOfEmpty: Provider<TinyOptions> = {
  ...tiny,
  async *bars(request, context) {
    let any = false;
    for await (const rows of tinyBars(request, context)) {
      any = true;
      yield rows;
    }
    const now = context.now();
    if (!any) yield* tinyBars({ ...request, start: now - 10 * HOUR, end: now }, context);
  },
};
