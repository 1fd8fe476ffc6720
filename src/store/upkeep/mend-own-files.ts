import path from 'node:path';
import { openChecksumRegistry } from '../checksums/open-registry.js';
import { explainDiskError } from '../commit/commit-year.js';
import { moveToQuarantine } from '../commit/quarantine.js';
import { lockSeries } from '../commit/series-lock.js';
import { ownFolder } from '../layout.js';
import type { StoreContext } from '../store-context.js';
import type { Finding } from './finding.js';
import { type Seen, seeFiles } from './year-subject.js';

export type OwnOutcome = { readonly kind: 'repaired'; readonly quarantine?: string } | { readonly kind: 'changed' };

/** Acts on a finding about a document of the cache itself, where it is as it was seen. */
export async function mendOwnFile(context: StoreContext, finding: Finding, seen: readonly Seen[]): Promise<OwnOutcome> {
  const { files, folder: cache, now, lockTimeoutMs, owner, signal } = context;
  const target = path.join(cache, ...finding.path.split('/'));
  const folder = path.dirname(target);
  const names = [path.basename(target)];
  if (finding.action === 'rebuild') {
    // The registry keeps a copy of what it could not read, and goes on with the entries that it could.
    await openChecksumRegistry(cache, { files, now, lockTimeoutMs }).change((failures) => failures);
    return { kind: 'repaired' };
  }
  try {
    const locked = folder === cache ? ownFolder(cache) : folder;
    await files.makeFolder(locked);
    const lock = await lockSeries(files, locked, { timeoutMs: lockTimeoutMs, owner, signal });
    try {
      if (JSON.stringify(await seeFiles(files, folder, names)) !== JSON.stringify(seen)) return { kind: 'changed' };
      if (finding.action === 'sweep') {
        await files.unlink(target);
        return { kind: 'repaired' };
      }
      const request = { cache, folder, names, reason: finding.detail, now: now(), findings: [finding.id] };
      return { kind: 'repaired', quarantine: await moveToQuarantine(files, request) };
    } finally {
      await lock.release();
    }
  } catch (error) {
    throw explainDiskError(error, folder);
  }
}
