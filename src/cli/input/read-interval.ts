import { AlmanacError } from '../../market/almanac-error.js';
import { nearestNames } from '../../market/nearest.js';
import { parseTimeframe, TIMEFRAMES, type Timeframe } from '../../market/timeframe.js';

/** A timeframe as typed (`1h`, `60m`, `1M`), or an error that lists the ones there are. */
export function readInterval(text: string): Timeframe {
  const timeframe = parseTimeframe(text);
  if (timeframe !== undefined) return timeframe;
  const [nearest] = nearestNames(text, TIMEFRAMES, 1);
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  throw new AlmanacError('TIMEFRAME_UNKNOWN', `${JSON.stringify(text)} is not an interval${hint}`, {
    suggestions: [`one of ${TIMEFRAMES.join(' ')}`],
  });
}
