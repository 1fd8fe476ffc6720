import path from 'node:path';
import { explainDiskError } from '../commit/commit-year.js';
import { MANIFEST_NAME, quarantineHome } from '../commit/quarantine-manifest.js';
import { lockSeries } from '../commit/series-lock.js';
import { quarantineFolder } from '../layout.js';
import type { StoreContext } from '../store-context.js';
import { listQuarantine, type QuarantineItem } from './list-quarantine.js';

/** What came before `before`, and would go; also what has lost its manifest, which could never be restored. */
export async function findPurgeable(context: StoreContext, before: number): Promise<QuarantineItem[]> {
  const items = await listQuarantine(context.files, context.folder);
  return items.filter(({ at }) => at <= before);
}

/** The one place where Almanac deletes what a person may want back: exactly these files, and their manifests last. */
export async function purgeQuarantine(context: StoreContext, items: readonly QuarantineItem[]): Promise<void> {
  const { files, folder: cache } = context;
  if (items.length === 0) return;
  try {
    const lock = await lockSeries(files, quarantineHome(cache), {
      timeoutMs: context.lockTimeoutMs,
      owner: context.owner,
      signal: context.signal,
    });
    try {
      for (const { id, names } of items) {
        context.signal?.throwIfAborted();
        const home = quarantineFolder(cache, id);
        for (const name of names) await files.unlink(path.join(home, name));
        const manifest = path.join(home, MANIFEST_NAME);
        if ((await files.stat(manifest)) !== undefined) await files.unlink(manifest);
        await files.syncFolder(home);
      }
    } finally {
      await lock.release();
    }
  } catch (error) {
    throw explainDiskError(error, cache);
  }
}
