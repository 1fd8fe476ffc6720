import type { StoreContext } from '../../store/store-context.js';
import { findPurgeable, purgeQuarantine } from '../../store/upkeep/purge-quarantine.js';
import type { Quarantined } from './cleanup-report.js';
import { describeItem } from './describe-item.js';

export interface Purge {
  readonly items: readonly Quarantined[];
  /** Deletes exactly these. */
  run(): Promise<void>;
}

export async function planPurge(context: StoreContext, before: number): Promise<Purge> {
  const items = await findPurgeable(context, before);
  return { items: items.map(describeItem), run: () => purgeQuarantine(context, items) };
}
