import type { Provider } from '../../../src/provider/index.js';
import { type TinyOptions, tiny, tinyBars } from '../tiny-provider.js';

/** Counts time in seconds. */
export const seconds: Provider<TinyOptions> = {
  ...tiny,
  async *bars(request, context) {
    for await (const rows of tinyBars(request, context)) yield rows.map((row) => ({ ...row, time: row.time / 1000 }));
  },
};
