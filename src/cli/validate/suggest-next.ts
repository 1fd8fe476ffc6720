import { type JudgedGap, type JudgedSeries, worstFirst } from './judged-series.js';

/** A gap this near to now was never fetched; a closure of a few days may lie between. */
const TAIL_MS = 4 * 86_400_000;

/** What to type next: fetch what is damaged again, fill what is missing, or bring the ends up to date. */
export function suggestNext(results: readonly JudgedSeries[]): string[] {
  const ranked = worstFirst(results);
  const damaged = ranked.find((each) => gapsOf(each).some(({ kind }) => kind === 'damaged'));
  if (damaged !== undefined) {
    const gap = gapsOf(damaged).find(({ kind }) => kind === 'damaged') as JudgedGap;
    return say(`cache populate ${nameOf(damaged)} --start-date ${gap.start} --end-date ${gap.end}`);
  }
  const holed = ranked.filter((each) => gapsOf(each).some((gap) => gap.kind === 'missing' && !isTail(gap, each)));
  if (holed.length > 0) {
    const [only] = holed;
    return say(
      `cache fill-gaps${holed.length === 1 && results.length > 1 && only ? ` ${nameOf(only)}` : ''} --dry-run`,
    );
  }
  return ranked.some((each) => gapsOf(each).some(({ kind }) => kind === 'missing')) ? say('cache update') : [];
}

const gapsOf = ({ years }: JudgedSeries): readonly JudgedGap[] => years.flatMap(({ gaps }) => gaps);

const nameOf = ({ symbol, interval }: JudgedSeries): string => `--symbols ${symbol} --intervals ${interval}`;

const say = (words: string): string[] => ['', `  Next: almanac ${words}`];

/** It reaches to the end, or to the next one that does: a report cuts it at New Year. */
function isTail(gap: JudgedGap, series: JudgedSeries): boolean {
  const near = (end: string, start: string): boolean => Date.parse(end) >= Date.parse(start) - TAIL_MS;
  if (near(gap.end, series.to)) return true;
  const all = gapsOf(series).filter(({ kind }) => kind === 'missing');
  const next = all[all.indexOf(gap) + 1];
  const newYear = gap.start.slice(0, 4) !== next?.start.slice(0, 4);
  return next !== undefined && newYear && near(gap.end, next.start) && isTail(next, series);
}
