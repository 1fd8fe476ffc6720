import type { QuarantineItem } from '../../store/upkeep/list-quarantine.js';
import type { Quarantined } from './cleanup-report.js';

/** What the report says of something in quarantine. */
export function describeItem({ id, manifest, names, bytes, at }: QuarantineItem): Quarantined {
  const { from = '', reason = `files without a manifest: ${names.join(', ')}` } = manifest ?? {};
  const restorable = manifest !== undefined;
  return { id, at: new Date(at).toISOString(), from, reason, files: names, bytes, restorable };
}
