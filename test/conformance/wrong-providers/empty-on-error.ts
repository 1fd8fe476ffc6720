import type { Provider } from '../../../src/provider/index.js';
import { type TinyOptions, tiny, tinyBars } from '../tiny-provider.js';

/** Swallows every failure but that of an unknown symbol. */
export const emptyOnError: Provider<TinyOptions> = {
  ...tiny,
  async *bars(request, context) {
    try {
      yield* tinyBars(request, context);
    } catch (error) {
      if ((error as { code?: string }).code === 'SYMBOL_UNKNOWN') throw error;
    }
  },
};
