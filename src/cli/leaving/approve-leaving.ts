import { AlmanacError } from '../../market/almanac-error.js';
import { canAsk, confirm } from '../input/confirm.js';
import type { Leaving } from './leaving.js';
import { describeLeaving } from './leaving-table.js';

interface Approval {
  readonly yes: boolean;
  readonly json: boolean;
  readonly signal: AbortSignal;
  /** The command as it was typed, to be typed again. */
  readonly command: string;
}

/** Nothing is deleted, and yet a person is asked, and a script shall say that it means it. */
export async function approveLeaving(
  all: readonly Leaving[],
  { yes, json, signal, command }: Approval,
): Promise<boolean> {
  if (yes) return true;
  if (canAsk(json)) return confirm(`Move ${describeLeaving(all)}, to quarantine?`, signal);
  throw new AlmanacError('USAGE', `${describeLeaving(all)} would go to quarantine, and nobody can be asked`, {
    suggestions: [`${command} --yes`, `${command} --dry-run`],
  });
}
