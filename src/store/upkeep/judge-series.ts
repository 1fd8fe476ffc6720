import path from 'node:path';
import type { FilePort } from '../files/file-port.js';
import { dataName, LOCK_NAME, parseTempName, sidecarName } from '../layout.js';
import { type Finding, findingOf } from './finding.js';
import type { SeriesOnDisk } from './walk-cache.js';

/** Without the lock's word, a temporary file this old is nobody's any more. */
export const DEAD_AFTER_MS = 60 * 60_000;

/** Files that a writer had not published when it died; while one lives they are its own. */
export async function judgeTemporary(files: FilePort, series: SeriesOnDisk): Promise<Finding[]> {
  if (series.temporary.length === 0) return [];
  const busy = await isBeingWritten(files, series.folder);
  if (busy === true) return [];
  const findings: Finding[] = [];
  for (const name of series.temporary) {
    const stat = await files.stat(path.join(series.folder, name));
    // Gone by now: its writer lived, and has published it or cleaned up.
    if (stat === undefined || (busy === undefined && Date.now() - stat.modified < DEAD_AFTER_MS)) continue;
    const year = parseTempName(name)?.year;
    const detail = `a writer of ${year} died before it had published this`;
    findings.push(findingOf(`${series.path}/${name}`, 'temporary', 'sweep', detail));
  }
  return findings;
}

/** Undefined where it cannot be found out: a cache that may only be read. */
async function isBeingWritten(files: FilePort, folder: string): Promise<boolean | undefined> {
  const target = path.join(folder, LOCK_NAME);
  if ((await files.stat(target)) === undefined) return false;
  try {
    const file = await files.open(target, 'lock');
    try {
      return !(await file.tryLock());
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

/** A generation before of a year that is gone. */
export async function judgePrevious(files: FilePort, series: SeriesOnDisk): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const name of series.previous) {
    const year = Number(name.slice(1, 5));
    if (series.years.includes(year)) continue;
    // Looked at again: a writer may have come since the folder was listed.
    const there = await files.stat(path.join(series.folder, dataName(year)));
    if (there !== undefined || (await files.stat(path.join(series.folder, sidecarName(year)))) !== undefined) continue;
    const detail = `${year} itself is gone, and this is the generation before it`;
    findings.push(findingOf(`${series.path}/${name}`, 'orphan', 'quarantine', detail));
  }
  return findings;
}

export async function judgeForeign(_files: FilePort, series: SeriesOnDisk): Promise<Finding[]> {
  return series.foreign.map((name) =>
    findingOf(`${series.path}/${name}`, 'foreign', 'none', 'it is not a file of ours; it is left alone'),
  );
}
