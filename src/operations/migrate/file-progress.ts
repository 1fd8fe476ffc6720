import type { LeftOut } from '../../legacy/reader.js';
import type { Reason } from '../../market/bar-rules.js';
import { blockPeriod, blockSpan } from '../../market/block.js';
import type { Settled } from './settle-repeats.js';
import type { Source } from './source.js';
import type { Survey } from './survey-source.js';

/** A file on its way into a series. */
export interface Candidacy {
  readonly source: Source;
  readonly survey: Survey;
  /** An earlier run proved it, and its rows are still there. */
  readonly done: boolean;
}

/** How far it has come. */
export interface Progress {
  readonly candidacy: Candidacy;
  /** Rows that were read again, in each block of the store. */
  readonly periods: Map<string, number>;
  /** Rows that lost against another one of the same file, and differed. */
  conflicts: number;
  added: number;
  told: boolean;
  /** Why it is not proved. */
  reason: string | undefined;
}

export function beginProgress(candidacy: Candidacy): Progress {
  return { candidacy, periods: new Map(), conflicts: 0, added: 0, told: false, reason: undefined };
}

export function noteRead(progress: Progress, { bars, conflicts }: Settled): void {
  const span = blockSpan(progress.candidacy.source.claim.timeframe);
  const { periods } = progress;
  for (const time of bars.time) {
    const period = blockPeriod(span, time);
    periods.set(period, (periods.get(period) ?? 0) + 1);
  }
  progress.conflicts += conflicts;
}

/** The first look took rows that repeat far apart in a file for several bars; the second one knows better. */
export function withoutRepeats({ candidacy, periods, conflicts }: Progress): Survey {
  const { survey } = candidacy;
  if (periods.size === 0) return survey;
  const admitted = [...periods.values()].reduce((sum, rows) => sum + rows, 0);
  const refused = new Map<Reason | LeftOut, number>(survey.refused);
  refused.delete('duplicate');
  const faulty = [...refused.values()].reduce((sum, rows) => sum + rows, 0);
  const duplicates = survey.rows - faulty - admitted - conflicts;
  if (duplicates > 0) refused.set('duplicate', duplicates);
  return { ...survey, admitted, periods, refused };
}
