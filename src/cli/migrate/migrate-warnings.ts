import { formatCount } from '../terminal/format.js';
import { cleanText } from '../terminal/text.js';
import { count } from './count.js';
import type { Migrated, MigratedSeries } from './migrated.js';

/** All that people are warned of, a sentence each; the examples that they are shown have places of their own in JSON. */
export function listWarnings({ series, refused }: Migrated): string[] {
  return [...series.flatMap(warnOfSeries), ...series.flatMap(warnOfConflicts), ...warnOfRefused(refused)];
}

/** What went wrong with a series, and with each file of it where that is not the same. */
export function warnOfSeries({ symbol, timeframe, files, warnings, error }: MigratedSeries): string[] {
  const failed = error === undefined ? files.filter(({ state }) => state === 'failed') : [];
  return [
    ...(error === undefined ? [] : [`${symbol} ${timeframe}: ${error.message}`]),
    ...failed.map(({ source, reason }) => `${cleanText(source.claim.path)}: ${reason ?? 'it was not proved'}`),
    ...warnings.map((text) => `${symbol} ${timeframe}: ${text}`),
  ];
}

export function warnOfConflicts({ symbol, timeframe, conflicts }: MigratedSeries): string[] {
  if (conflicts === 0) return [];
  const rows = conflicts === 1 ? '1 row differs' : `${formatCount(conflicts)} rows differ`;
  return [`${symbol} ${timeframe}: ${rows}; what is in the cache stays, then the newest file, in a file its last row`];
}

export function warnOfRefused(refused: Migrated['refused']): string[] {
  const lost = refused.filter(({ loss }) => loss).length;
  return lost === 0 ? [] : [`Not taken: ${count(lost, 'file')}.`];
}
