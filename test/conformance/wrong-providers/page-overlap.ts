import type { Provider } from '../../../src/provider/index.js';
import { isWanted, pagesOf, type TinyOptions, tiny, toRow } from '../tiny-provider.js';

/** Begins each page with the last bar of the one before. */
export const pageOverlap: Provider<TinyOptions> = {
  ...tiny,
  async *bars(request, context) {
    for await (const bars of pagesOf(request, context, 0)) {
      yield bars.filter(([time]) => isWanted(time, request, context)).map(toRow);
    }
  },
};
