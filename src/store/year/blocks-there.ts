import type { YearInfo } from '../face.js';
import type { BlockEntry } from '../sidecar/sidecar.js';

/** The blocks that the file is long enough to hold: a sidecar goes on naming those that a cut took from it. */
export function blocksThere({ state, sidecar, bytes }: YearInfo): readonly BlockEntry[] {
  const blocks = sidecar?.blocks ?? [];
  return state === 'damaged' ? blocks.filter(({ offset, length }) => offset + length <= bytes) : blocks;
}
