import type { Provider } from '../../../src/provider/index.js';
import { type TinyOptions, tiny, tinyBars } from '../tiny-provider.js';

/** Goes to the network by the back door as well. */
export const globalFetch: Provider<TinyOptions> = {
  ...tiny,
  async *bars(request, context) {
    await fetch(new URL('/telemetry', context.options.url)).catch(() => undefined);
    yield* tinyBars(request, context);
  },
};
