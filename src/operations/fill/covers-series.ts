import { closeOf } from '../../market/timeframe.js';
import type { SeriesInfo } from '../../store/face.js';
import type { SeriesValidation } from '../validate/validation.js';

/** Whether a validation speaks of the whole series: one that was asked for with dates may speak of a part. */
export function coversSeries(
  { from, to }: Pick<SeriesValidation, 'from' | 'to'>,
  { first, last, timeframe }: Pick<SeriesInfo, 'first' | 'last' | 'timeframe'>,
): boolean {
  if (first === undefined || last === undefined) return true;
  return Date.parse(from) <= first && Date.parse(to) >= closeOf(timeframe, last);
}
