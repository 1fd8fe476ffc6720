import { formatInstant } from '../../market/instant.js';
import type { Ask } from './ask.js';
import type { AskCoverage } from './cover-ask.js';
import type { SeriesProgress } from './series-progress.js';
import type { Written } from './series-writer.js';

/** What a person should know of one series that was asked for, in sentences. */
export function describeSeries({ plan, warnings, writer }: SeriesProgress, { beyondReach }: AskCoverage): string[] {
  const { written } = writer;
  return [
    ...describeGuess(plan.ask),
    ...describeReach(plan.ask, beyondReach),
    ...warnings,
    ...written.repaired,
    ...describeConflicts(written),
  ];
}

function describeGuess({ symbol, expectation, isGuessed }: Ask): string[] {
  if (isGuessed !== true) return [];
  const { id } = expectation.calendar;
  return [
    `nobody here knows when ${symbol} trades: what is there is kept, and what is missing is counted by ${id} (calendars in the settings name another)`,
  ];
}

function describeReach({ choice, timeframe, reach }: Ask, bars: number): string[] {
  if (reach === undefined || bars === 0) return [];
  const what = bars === 1 ? '1 bar' : `${bars} bars`;
  return [`${what} from before ${formatInstant(reach)}: ${choice.provider}’s ${timeframe} reaches back no further`];
}

/** Rows that differ from what was there, and which of the two is there now. */
function describeConflicts({ conflicts, replaced }: Written): string[] {
  const stayed = conflicts - replaced;
  const rows = (count: number): string => (count === 1 ? '1 row' : `${count} rows`);
  return [
    ...(replaced > 0
      ? [`${rows(replaced)} differed from what was there and ${replaced === 1 ? 'was' : 'were'} replaced`]
      : []),
    ...(stayed > 0
      ? [`${rows(stayed)} ${stayed === 1 ? 'differs' : 'differ'} from what was there; what was there stayed`]
      : []),
  ];
}
