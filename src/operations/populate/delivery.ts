import type { Bars } from '../../market/bars.js';
import type { PutProvenance } from '../../store/face.js';

/** Rows on their way to the disk, with where they came from. */
export interface Delivery {
  readonly bars: Bars;
  readonly provenance: PutProvenance;
  readonly winner: 'existing' | 'incoming';
}
