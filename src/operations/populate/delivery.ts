import type { Bars } from '../../market/bars.js';
import type { PutProvenance, RejectedIn } from '../../store/face.js';

/** Rows on their way to the disk, with where they came from. */
export interface Delivery {
  readonly bars: Bars;
  readonly provenance: PutProvenance;
  /** What came with them and was no bar. */
  readonly rejected: readonly RejectedIn[];
  readonly winner: 'existing' | 'incoming';
}
