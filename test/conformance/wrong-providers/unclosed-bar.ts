import type { Provider } from '../../../src/provider/index.js';
import { pagesOf, type TinyOptions, tiny, toRow } from '../tiny-provider.js';

/** Gives the bar that is still forming. */
export const unclosedBar: Provider<TinyOptions> = {
  ...tiny,
  async *bars(request, context) {
    for await (const bars of pagesOf(request, context)) {
      yield bars.filter(([time]) => time >= request.start && time < request.end).map(toRow);
    }
  },
};
