import { AlmanacError } from '../../market/almanac-error.js';
import { canAsk, confirm } from '../input/confirm.js';
import { formatBytes, formatCount } from '../terminal/format.js';
import { formatElapsed } from '../terminal/format-elapsed.js';

/** What a plan will take, as far as can be told before. */
export interface PlanSize {
  readonly series: number;
  readonly requests: number;
  readonly bytes: number;
  readonly etaSeconds: number;
  readonly quotaDays: number;
}

const MOST_SERIES = 50;
const MOST_BYTES = 2e9;
const MOST_SECONDS = 30 * 60;

export interface Approval {
  readonly yes: boolean;
  /** A pattern chose the symbols, and nobody read their names: off a terminal it takes `--yes`. */
  readonly guarded: boolean;
  readonly json: boolean;
  readonly signal: AbortSignal;
}

/** Whether to go on: a large plan is asked about where a person sits, and refused where a pattern made it and none does. */
export async function approvePlan(size: PlanSize, { yes, guarded, json, signal }: Approval): Promise<boolean> {
  if (yes || !isLarge(size)) return true;
  if (canAsk(json)) return confirm(`This is ${describeSize(size)}. Fetch it?`, signal);
  if (!guarded) return true;
  throw new AlmanacError('USAGE', `this is ${describeSize(size)}, and nobody is here to be asked`, {
    suggestions: ['--yes to fetch it', '--dry-run to see it'],
  });
}

export function isLarge({ series, bytes, etaSeconds, quotaDays }: PlanSize): boolean {
  return series > MOST_SERIES || bytes > MOST_BYTES || etaSeconds > MOST_SECONDS || quotaDays > 1;
}

function describeSize({ series, requests, bytes, etaSeconds, quotaDays }: PlanSize): string {
  const days = quotaDays > 1 ? `, ${quotaDays} days by the daily allowance` : '';
  return `${formatCount(series)} series, ${formatCount(requests)} requests, about ${formatBytes(bytes)} and ${formatElapsed(etaSeconds)}${days}`;
}
