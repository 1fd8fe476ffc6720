import { AlmanacError } from '../../market/almanac-error.js';
import { parseInstant } from './date-range.js';

/** Now, for deciding which bars have closed; `ALMANAC_NOW` freezes it for demonstrations and tests. */
export function readDataClock(environment: Readonly<Record<string, string | undefined>> = process.env): number {
  const frozen = environment.ALMANAC_NOW;
  if (!frozen) return Date.now();
  const instant = parseInstant(frozen);
  if (instant === undefined) {
    throw new AlmanacError(
      'DATE_INVALID',
      `ALMANAC_NOW is ${JSON.stringify(frozen)}, which is not an instant like 2024-01-31T12:00:00Z`,
      { suggestions: ['export ALMANAC_NOW=2024-01-31T12:00:00Z, or unset ALMANAC_NOW'] },
    );
  }
  return instant;
}
