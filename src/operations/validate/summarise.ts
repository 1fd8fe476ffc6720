import type { SeriesValidation, Validation } from './validation.js';

/** A file that cannot be read, or rows in it that cannot be bars. */
function isDamaged({ years, warnings }: SeriesValidation): boolean {
  const hurt = years.some(
    ({ gaps, invalid, duplicates }) => invalid + duplicates > 0 || gaps.some(({ kind }) => kind === 'damaged'),
  );
  return hurt || warnings.some(({ kind }) => kind === 'damaged-file');
}

/** Something is not there and nobody knows why. */
function hasGaps({ years }: SeriesValidation): boolean {
  return years.some(({ gaps }) => gaps.some(({ kind }) => kind !== 'explained'));
}

function isComplete(series: SeriesValidation): boolean {
  return !isDamaged(series) && !hasGaps(series);
}

export function summarise(series: readonly SeriesValidation[]): Validation['summary'] {
  return {
    series: series.length,
    complete: series.filter(isComplete).length,
    withGaps: series.filter(hasGaps).length,
    damaged: series.filter(isDamaged).length,
    missingBars: series.reduce((sum, { years }) => sum + years.reduce((all, { missing }) => all + missing, 0), 0),
  };
}
