import { AlmanacError } from '../../market/almanac-error.js';
import { parseTimeframe } from '../../market/timeframe.js';
import type { LoadedSettings } from '../../settings/settings.js';
import { parseStart } from './date-range.js';
import type { Demand } from './demand.js';

/** The settings' watch list; what is wrong in it is named by its place. */
export function readWatch({ settings, file }: Pick<LoadedSettings, 'settings' | 'file'>): Demand[] {
  return settings.watch.map(({ symbols, intervals, since }, i) => {
    const place = `watch[${i}] of ${file ?? 'the settings'}`;
    const start = since === undefined ? undefined : parseStart(since);
    if (since !== undefined && start === undefined)
      throw wrong(`${place} says since ${JSON.stringify(since)}, which is not a date such as 2020-01-01`);
    const timeframes = intervals.map((text) => {
      const timeframe = parseTimeframe(text);
      if (timeframe === undefined) throw wrong(`${place} names interval ${JSON.stringify(text)}, which is none`);
      return timeframe;
    });
    return { symbols, timeframes, ...(start === undefined ? {} : { start }) };
  });
}

function wrong(message: string): AlmanacError {
  return new AlmanacError('CONFIG_INVALID', message, { suggestions: ['almanac config show'] });
}
