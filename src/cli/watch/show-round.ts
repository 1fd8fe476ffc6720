import { formatInstant } from '../../market/instant.js';
import { describeError } from '../describe-error.js';
import { type Job, secondsSince } from '../job-head.js';
import { judgePopulate } from '../populate/judge-populate.js';
import { populateDocument } from '../populate/populate-document.js';
import { describeTroubles } from '../populate/populate-summary.js';
import { formatCount } from '../terminal/format.js';
import { formatElapsed } from '../terminal/format-elapsed.js';
import type { View } from '../terminal/view.js';

type Each = Parameters<typeof describeTroubles>[0][number] & Parameters<typeof populateDocument>[0][number];
type Unserved = Parameters<typeof populateDocument>[1];

export interface Round {
  readonly job: Job;
  readonly series: readonly Each[];
  readonly unserved: Unserved;
  /** What ended it early, if anything did. */
  readonly failure?: unknown;
  readonly warnings: readonly string[];
}

/** What a round came to: one line on stdout, or one document on one line; what went wrong besides on stderr. */
export function showRound(round: Round, view: View): void {
  const { job, failure, unserved, series } = round;
  if (view.json) {
    process.stdout.write(`${JSON.stringify(documentOf(round))}\n`);
    return;
  }
  view.print([`${formatInstant(Math.floor(job.startedAt.getTime() / 1000) * 1000)}  ${describeRound(round)}`]);
  for (const line of describeTroubles(series)) view.told.warn(line);
  for (const { error } of unserved) view.told.warn(error.message);
  if (failure !== undefined)
    for (const hint of describeError(failure, 'almanac cache update').suggestions) view.told.info(`  Try: ${hint}`);
}

/** `12 series, 48 bars added, 0 missing, 1.2 s` */
function describeRound({ job, series, unserved, failure }: Round): string {
  const sum = (of: (each: Each) => number): number => series.reduce((total, each) => total + of(each), 0);
  const failed = series.filter(({ error }) => error !== undefined).length + unserved.length;
  const added = sum((each) => each.rowsAdded);
  const took = formatElapsed(secondsSince(job));
  const parts = [
    `${formatCount(series.length + unserved.length)} series`,
    `${formatCount(added)} ${added === 1 ? 'bar' : 'bars'} added`,
    `${formatCount(sum((each) => each.coverage.missing))} missing`,
    ...(failed === 0 ? [] : [`${formatCount(failed)} failed`]),
    took,
  ];
  if (failure === undefined) return parts.join(', ');
  const why = `failed: ${describeError(failure, 'almanac cache update').message}`;
  return series.length === 0 ? `${why}, ${took}` : `${parts.join(', ')}, ${why}`;
}

function documentOf({ job, series, unserved, failure, warnings }: Round): Record<string, unknown> {
  const document = { ...populateDocument(series, unserved, job), warnings };
  if (failure === undefined) return document;
  const { code, message, suggestions } = describeError(failure, 'almanac cache update');
  const status = series.length === 0 ? 'failed' : judgePopulate(series, unserved).status;
  return { ...document, status: status === 'complete' ? 'partial' : status, error: { code, message, suggestions } };
}
