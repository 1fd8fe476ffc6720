import { AlmanacError } from '../../market/almanac-error.js';
import { parseTimeframe, type Timeframe } from '../../market/timeframe.js';
import type { LoadedSettings } from '../../settings/settings.js';
import { namePlugin } from '../registry/plugin-facts.js';
import type { RegisteredProvider } from '../registry/registered.js';
import { DEFAULT_RULES } from './default-rules.js';
import type { Rule } from './rule.js';

/** The settings' routes in their order, then what plugins ask for, then the defaults. */
export function readRules(
  { settings, file }: Pick<LoadedSettings, 'settings' | 'file'>,
  registered: readonly RegisteredProvider[],
): Rule[] {
  const own = settings.routes.map(({ match, intervals, providers, fill }, i): Rule => {
    const name = `routes[${i}] of ${file ?? 'the settings'} (${match})`;
    const all = intervals === undefined || intervals.includes('*');
    return {
      match,
      ...(all ? {} : { timeframes: intervals.map((interval) => readTimeframe(interval, name)) }),
      providers,
      ...(fill === undefined ? {} : { fill }),
      origin: 'settings',
      name,
    };
  });
  return [...own, ...registered.flatMap(readPluginRules), ...DEFAULT_RULES];
}

/** A provider may ask for symbols that the defaults give to another: `routes: [{match: 'KRAKEN:*'}]`. */
function readPluginRules({ provider, plugin }: RegisteredProvider): Rule[] {
  return (provider.routes ?? []).map(
    ({ match, timeframes }): Rule => ({
      match,
      ...(timeframes === undefined ? {} : { timeframes }),
      providers: [provider.id],
      fill: [],
      origin: 'plugin',
      name: `${namePlugin(plugin)} asks for ${match}`,
    }),
  );
}

function readTimeframe(text: string, where: string): Timeframe {
  const timeframe = parseTimeframe(text);
  if (timeframe !== undefined) return timeframe;
  throw new AlmanacError('CONFIG_INVALID', `${where} names interval ${JSON.stringify(text)}, which is none`);
}
