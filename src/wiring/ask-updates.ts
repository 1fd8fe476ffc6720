import { AlmanacError } from '../market/almanac-error.js';
import type { Timeframe } from '../market/timeframe.js';
import { type Asked, askEach } from '../operations/demand/ask-each.js';
import { seriesKey } from '../operations/populate/ask.js';
import { filterSeries } from '../operations/series/filter-series.js';
import { keepApart } from '../operations/update/keep-apart.js';
import { wantUpdates } from '../operations/update/want-updates.js';
import type { PopulateWiring } from './open-populate.js';

export interface UpdateFilter {
  readonly symbols?: readonly string[] | undefined;
  readonly timeframes?: readonly Timeframe[] | undefined;
}

/** Every series of the cache that the filter lets through, with whom to ask for what it lacks. */
export async function askUpdates(
  wiring: PopulateWiring,
  filter: UpdateFilter,
  provider: string | undefined,
): Promise<Asked & { readonly notes: ReadonlyMap<string, string> }> {
  const { store, host } = wiring.tools;
  const series = filterSeries(store, await store.list(), filter);
  const filtered = filter.symbols !== undefined || filter.timeframes !== undefined;
  if (series.length === 0 && filtered) throw new AlmanacError('NO_DATA', `no series in ${store.folder} matches`);
  const installed = new Set(wiring.sources.providers.map((each) => each.provider.id));
  const { wants, unserved, origins } = await wantUpdates(series, { store, installed, provider });
  const asked = await keepApart(await askEach(wants, wiring.asks), origins, host);
  const chosen = new Map(asked.asks.map((ask) => [seriesKey(ask), ask.choice]));
  const notes = wants.flatMap(({ symbol: { symbol }, timeframe, note }): [string, string][] => {
    const key = seriesKey({ symbol, timeframe });
    const choice = chosen.get(key);
    return note === undefined || choice === undefined
      ? []
      : [[key, `${note}; ${choice.provider} goes on with it (${choice.reason})`]];
  });
  return { asks: asked.asks, unserved: [...unserved, ...asked.unserved], notes: new Map(notes) };
}
