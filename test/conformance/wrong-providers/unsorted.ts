import type { Provider } from '../../../src/provider/index.js';
import { type TinyOptions, tiny, tinyBars } from '../tiny-provider.js';

/** Gives each page latest first, as some servers send it. */
export const unsorted: Provider<TinyOptions> = {
  ...tiny,
  async *bars(request, context) {
    for await (const rows of tinyBars(request, context)) yield rows.toReversed();
  },
};
