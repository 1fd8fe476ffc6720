import type { ChecksumFailure } from '../../store/checksums/checksum-failure.js';
import type { Stored } from './store-verified.js';

/** What fetching one file again brought. */
export interface FileOutcome extends Partial<Stored> {
  /** The entry as it is now. */
  readonly failure: ChecksumFailure;
  /** `unreached`: nothing was learned of the file, and its entry stays as it was. */
  readonly result: 'verified' | 'failed' | 'unreached';
  readonly reason?: string;
  readonly requests?: number;
  readonly bytes?: number;
}
