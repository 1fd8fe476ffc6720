import type { Provider } from '../../../src/provider/index.js';
import { isWanted, requestFor, type TinyOptions, tiny, toRow, type WireBar } from '../tiny-provider.js';
import { HOUR, PAGE } from '../tiny-server.js';

/** Believes every reply to be what it should be. */
export const typeErrorOnGarbage: Provider<TinyOptions> = {
  ...tiny,
  async *bars(request, context) {
    for (let from = request.start; from < request.end; ) {
      const question = requestFor(request.instrument.native, from, request.end, context.options);
      const { bars } = JSON.parse((await context.http.text(question)).text) as { bars: WireBar[] };
      yield bars.filter(([time]) => isWanted(time, request, context)).map(toRow);
      if (bars.length < PAGE) return;
      from = (bars.at(-1) as WireBar)[0] + HOUR;
    }
  },
};
