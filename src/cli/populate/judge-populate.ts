import { EXIT } from '../exit-codes.js';
import type { JobStatus } from '../job-head.js';

interface Counts {
  readonly present: number;
  readonly missing: number;
  /** Missing, and not to be had. */
  readonly beyondReach?: number;
}

/** What the judgement of a series needs. */
interface Judged {
  readonly coverage: Counts;
  readonly error?: { readonly code: string } | undefined;
}

interface Refused {
  readonly error: { readonly code: string };
}

/** What was typed is wrong: nobody can be asked for it as it stands. */
const MISTAKES = ['SYMBOL_UNKNOWN', 'UNSUPPORTED', 'SYMBOL_REFUSED', 'DATE_INVALID', 'CONFIG_INVALID'];
/** Another time, or another source, and it may be there. */
const FOR_NOW = ['QUOTA', 'THROTTLED', 'OUT_OF_REACH'];

/**
 * How a populate or an update ended, in a word and as the exit status, which never contradict each other. Complete when
 * nothing that was asked is missing; failed when nothing at all was got, and trying again later is no remedy.
 */
export function judgePopulate(
  series: readonly Judged[],
  unserved: readonly Refused[],
): { readonly status: JobStatus; readonly exit: number } {
  const wrong = series.some(({ error, coverage }) => error !== undefined || coverage.missing > 0);
  if (!wrong && unserved.length === 0) return { status: 'complete', exit: EXIT.done };
  const codes = [...series.flatMap(({ error }) => error?.code ?? []), ...unserved.map(({ error }) => error.code)];
  const got = series.some(({ coverage, error }) => coverage.present > 0 || error === undefined);
  const mistaken = codes.length > 0 && codes.every((code) => MISTAKES.includes(code));
  if (mistaken && series.every(({ coverage }) => coverage.present === 0))
    return { status: got ? 'partial' : 'failed', exit: EXIT.usage };
  if (got || codes.every((code) => FOR_NOW.includes(code))) return { status: 'partial', exit: EXIT.partial };
  return { status: 'failed', exit: EXIT.failure };
}

/** A plan as the run would end if all goes well: what it asks for is there then, what it does not is still missing. */
export function foresee(
  plans: readonly { readonly coverage: Counts; readonly tasks: readonly unknown[] }[],
): readonly Judged[] {
  return plans.map(({ coverage, tasks }) => {
    const { present, missing, beyondReach = 0 } = coverage;
    if (tasks.length === 0) return { coverage };
    return { coverage: { ...coverage, present: present + missing - beyondReach, missing: beyondReach } };
  });
}
