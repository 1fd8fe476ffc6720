import type { Provider, Row } from '../../../src/provider/index.js';
import { type TinyOptions, tiny, tinyBars } from '../tiny-provider.js';

/** Fetches everything first, and then goes on whatever happens. */
export const ignoresAbort: Provider<TinyOptions> = {
  ...tiny,
  async *bars(request, context) {
    const pages: (readonly Row[])[] = [];
    for await (const rows of tinyBars(request, context)) pages.push(rows);
    yield* pages;
  },
};
