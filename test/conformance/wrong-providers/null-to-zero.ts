import type { Provider } from '../../../src/provider/index.js';
import { isWanted, pagesOf, type TinyOptions, tiny } from '../tiny-provider.js';

/** Makes numbers of whatever comes: Number(null) is 0. */
export const nullToZero: Provider<TinyOptions> = {
  ...tiny,
  async *bars(request, context) {
    for await (const bars of pagesOf(request, context)) {
      yield bars
        .filter(([time]) => isWanted(time, request, context))
        .map((cells) => {
          const [time, open, high, low, close, volume] = cells.map(Number) as [
            number,
            number,
            number,
            number,
            number,
            number,
          ];
          return { time, open, high, low, close, volume };
        });
    }
  },
};
