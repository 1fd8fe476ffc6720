import type { Provider } from '../../../src/provider/index.js';
import { type TinyOptions, tiny, tinyBars } from '../tiny-provider.js';

/** Puts its key where everybody reads it. */
export const leaksKey: Provider<TinyOptions> = {
  ...tiny,
  async *bars(request, context) {
    try {
      yield* tinyBars(request, context);
    } catch (error) {
      throw Object.assign(error as Error, { key: context.options.apiKey });
    }
  },
};
