import { createHash } from 'node:crypto';

export type Check =
  | 'sidecar'
  | 'hash'
  | 'gzip'
  | 'rows'
  | 'rules'
  | 'provenance'
  | 'orphan'
  | 'temporary'
  | 'foreign'
  | 'quarantine'
  | 'report'
  | 'registry'
  | 'unreadable';

/**
 * What acting on a finding does. `none`: nothing, it is only reported. `roll-forward`: finishes what a dead writer had
 * published. `rebuild`: makes the sidecar anew from the rows. `salvage`: writes the year anew from its sound blocks and
 * puts the damaged files into quarantine. `sweep`: removes a dead writer's unpublished file. `quarantine`: moves it there.
 */
export type Action = 'none' | 'roll-forward' | 'rebuild' | 'salvage' | 'sweep' | 'quarantine';

export interface Finding {
  /** The same for the same thing in the same file, run after run. */
  readonly id: string;
  /** From the cache's root, with `/` between its parts. */
  readonly path: string;
  readonly check: Check;
  readonly detail: string;
  readonly action: Action;
}

/** `part` tells several of one check in one file apart. */
export function findingOf(path: string, check: Check, action: Action, detail: string, part = ''): Finding {
  const hash = createHash('sha256').update([path, check, part].join('\0')).digest('hex').slice(0, 10);
  return { id: `${check}-${hash}`, path, check, detail, action };
}
