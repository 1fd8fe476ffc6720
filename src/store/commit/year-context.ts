import type { Timeframe } from '../../market/timeframe.js';
import type { Sidecar } from '../sidecar/sidecar.js';
import type { CommitContext } from './commit-year.js';

/** What every step of a write needs to know of the series it writes. */
export interface YearContext extends CommitContext {
  readonly cache: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly now: () => number;
  /** What a sidecar says of the series itself; an older one's word on class and calendar stands. */
  identity(year: number, before: Sidecar | undefined): SidecarIdentity;
}

export type SidecarIdentity = Pick<
  Sidecar,
  'schemaVersion' | 'symbol' | 'timeframe' | 'year' | 'assetClass' | 'calendar' | 'timezone' | 'writtenBy' | 'updatedAt'
>;
