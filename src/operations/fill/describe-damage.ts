import type { SeriesValidation } from '../validate/validation.js';

/**
 * What a report says is damaged, in one sentence; undefined where nothing is. It is no gap to fill: the rows of the
 * series' own provider come back by mending and fetching, and another's would keep them out.
 */
export function describeDamage({ symbol, interval, years, warnings }: SeriesValidation): string | undefined {
  const lost = years.flatMap(({ gaps }) => gaps.filter(({ kind }) => kind === 'damaged'));
  const files = warnings.filter(({ kind }) => kind === 'damaged-file');
  const spans = [
    ...lost.map(({ start, end }) => nameMonths(start, end)),
    ...files.map(({ from }) => `the file of ${from.slice(0, 4)}`),
  ];
  if (spans.length === 0) return undefined;
  const where = [...new Set(spans)].join(', ');
  return `${symbol} ${interval} is damaged in ${where}; almanac cache cleanup --cleanup, then almanac cache populate`;
}

/** The end is where the next bar opens: a block that ends a month is of that month. */
function nameMonths(start: string, end: string): string {
  const first = start.slice(0, 7);
  const last = new Date(Date.parse(end) - 1).toISOString().slice(0, 7);
  return first === last ? first : `${first} to ${last}`;
}
