import { type Finding, fine, warning, wrong } from './finding.js';

/** What was seen of the folder that holds the data, or would: nothing is created to find out. */
export interface FolderFacts {
  readonly folder: string;
  readonly kind: 'folder' | 'absent' | 'other';
  /** The folder itself, or the nearest one above it that is there. */
  readonly nearest: string;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly freeBytes: number | undefined;
}

/** Ten years of minutes of a busy symbol take about this much. */
const LITTLE = 1_000_000_000;
const TOO_LITTLE = 50_000_000;

export function checkFolder({ folder, kind, nearest, readable, writable }: FolderFacts): Finding {
  const next = 'almanac config show';
  if (kind === 'other') return wrong('cache folder', `${folder} is not a folder`, next);
  if (!readable && kind === 'folder') return wrong('cache folder', `${folder} cannot be read by this user`, next);
  if (!writable) return wrong('cache folder', `${nearest} cannot be written to by this user`, next);
  if (kind === 'folder') return fine('cache folder', `${folder} can be read and written`);
  return fine('cache folder', `${folder} is not there yet; the first write makes it`);
}

export function checkDisk({ nearest, freeBytes }: FolderFacts, format: (bytes: number) => string): Finding {
  if (freeBytes === undefined) return warning('disk', `how much is free at ${nearest} cannot be told here`);
  const detail = `${format(freeBytes)} free at ${nearest}`;
  if (freeBytes < TOO_LITTLE) return wrong('disk', detail, `df -h ${nearest}`);
  return freeBytes < LITTLE ? warning('disk', detail, `df -h ${nearest}`) : fine('disk', detail);
}

/** `fault` is why a lock could not be taken and kept from a second holder. */
export function checkLocks(fault: string | undefined): Finding {
  if (fault === undefined) return fine('file locks', 'work: two programs cannot write one series at once');
  return wrong('file locks', fault, 'npm rebuild fs-native-extensions');
}

const OLDEST = [20, 12] as const;

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const enough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  if (enough) return fine('node', version);
  return wrong('node', `${version}; ${OLDEST.join('.')} or newer is needed`, 'node --version');
}
