import { AlmanacError } from '../../market/almanac-error.js';
import { canAsk, confirm } from '../input/confirm.js';
import { count } from './count.js';

interface Asked {
  readonly yes: boolean;
  readonly json: boolean;
  readonly signal: AbortSignal;
}

/** Said before the long work, not after it: where nobody sits, a script must say that it means it. */
export function assertAnswerable({ yes, json }: Pick<Asked, 'yes' | 'json'>): void {
  if (yes || canAsk(json)) return;
  throw new AlmanacError('USAGE', 'proved files would be moved to the backup, and nobody can be asked', {
    suggestions: ['--yes to move them', '--dry-run to see them'],
  });
}

export async function approveMoving(files: number, backup: string, { yes, signal }: Asked): Promise<boolean> {
  return yes || confirm(`Move ${count(files, 'proved file')} to ${backup}?`, signal);
}
