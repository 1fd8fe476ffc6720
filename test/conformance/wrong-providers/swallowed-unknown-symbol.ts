import type { Provider } from '../../../src/provider/index.js';
import { type TinyOptions, tiny, tinyBars } from '../tiny-provider.js';

/** Takes a symbol that does not exist for one that has no bars. */
export const swallowedUnknownSymbol: Provider<TinyOptions> = {
  ...tiny,
  async *bars(request, context) {
    try {
      yield* tinyBars(request, context);
    } catch (error) {
      if ((error as { code?: string }).code !== 'SYMBOL_UNKNOWN') throw error;
    }
  },
};
