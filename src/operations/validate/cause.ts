import type { Reason } from '../coverage/explain-absent.js';
import type { Gap } from './validation.js';

/** Why bars of a range are absent, and what a gap there is called. */
export interface Cause extends Reason {
  readonly kind: Exclude<Gap['kind'], 'missing'>;
  /** Counted, and not listed: a thin share has thousands of pauses. */
  readonly unlisted?: boolean;
}
