import type { Provider } from '../../../src/provider/index.js';
import { type TinyOptions, tiny } from '../tiny-provider.js';

/** Says that everything is one of its symbols. */
export const takesAnything: Provider<TinyOptions> = {
  ...tiny,
  instrument: ({ symbol, assetClass }) => ({ symbol, native: symbol, assetClass }),
};
