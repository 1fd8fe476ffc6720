import { AlmanacError } from '../../market/almanac-error.js';
import type { Host } from '../../sources/host/create-host.js';
import type { Asked } from '../demand/ask-each.js';
import { type Ask, seriesKey } from '../populate/ask.js';
import type { Unserved } from '../populate/make-asks.js';
import type { Origin } from './describe-origin.js';

/**
 * What must not be joined is refused series by series, before anything is fetched: simulated bars and real ones, and,
 * where only the routes say whom to ask, bars made from samples and bars made from trades.
 */
export async function keepApart(
  { asks, unserved }: Asked,
  origins: ReadonlyMap<string, Origin>,
  host: (provider: string) => Promise<Host>,
): Promise<Asked> {
  const kept: Ask[] = [];
  const refused: Unserved[] = [];
  for (const ask of asks) {
    const error = await judge(ask, origins.get(seriesKey(ask)), host);
    if (error === undefined) kept.push(ask);
    else
      refused.push({
        symbol: ask.symbol,
        timeframe: ask.timeframe,
        provider: ask.choice.provider,
        ...ask.range,
        error,
      });
  }
  return { asks: kept, unserved: [...unserved, ...refused] };
}

async function judge(
  ask: Ask,
  origin: Origin | undefined,
  host: (provider: string) => Promise<Host>,
): Promise<AlmanacError | undefined> {
  const { symbol, timeframe, choice } = ask;
  const { provider } = choice;
  const simulated = (await host(provider)).origin !== undefined;
  if (origin?.simulated !== undefined && origin.simulated !== simulated) {
    const [there, here] = simulated ? ['real', 'simulated'] : ['simulated', 'real'];
    return new AlmanacError(
      'STORE_CONFLICT',
      `${symbol} ${timeframe} has ${there} bars, and ${provider} has ${here} ones here: they are never joined`,
      { suggestions: ['almanac config show', `--cache-dir with the folder of the ${here} bars`] },
    );
  }
  if (origin === undefined || choice.reason === '--provider' || origin.provider === provider) return undefined;
  const derived = choice.timeframe.derived === true;
  if (derived === origin.derived) return undefined;
  const [there, here] = derived ? ['trades', 'samples'] : ['samples', 'trades'];
  return new AlmanacError(
    'UNSUPPORTED',
    `${symbol} ${timeframe} has bars made from ${there}, and ${provider} makes its own from ${here}`,
    { suggestions: [`almanac cache update --symbols ${symbol} --intervals ${timeframe} --provider ${provider}`] },
  );
}
