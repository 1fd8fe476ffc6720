import { type Job, type JobStatus, jobHead } from '../job-head.js';
import { describeUnkept } from './describe-unkept.js';
import { isWhole } from './judged-series.js';
import type { Judgement } from './show-validation.js';

type Verdict = Pick<Judgement<unknown>, 'results' | 'failed' | 'strangers' | 'unread' | 'unkept'>;

/** Of a judgement, what every job says of itself: complete where nothing that was asked about is missing. */
export function describeRun(verdict: Verdict, job: Job) {
  const { failed, strangers, unread, unkept } = verdict;
  const { schemaVersion: _, ...head } = jobHead(job, statusOf(verdict));
  const warnings = [
    ...strangers.map((name) => `there is no ${name}`),
    ...unread,
    ...failed.map(({ symbol, timeframe, error }) => `${symbol} ${timeframe}: ${error.message}`),
    ...(unkept === undefined ? [] : [describeUnkept(unkept)]),
  ];
  return { ...head, warnings };
}

function statusOf({ results, failed, strangers, unread }: Verdict): JobStatus {
  const unjudged = failed.length + strangers.length + unread.length;
  if (results.length === 0 && unjudged > 0) return 'failed';
  return unjudged === 0 && results.every(isWhole) ? 'complete' : 'partial';
}
