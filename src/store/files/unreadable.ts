import path from 'node:path';
import { AlmanacError } from '../../market/almanac-error.js';

/** One file or folder that is there and cannot be read. Nothing is known of what is in it, so nobody mends it. */
export interface Unreadable {
  readonly path: string;
  readonly reason: string;
  /** What to type. */
  readonly remedy: string;
}

/** Only what concerns a single path: too many open files, say, is not this file's fault. */
const REFUSALS: Readonly<Record<string, readonly [reason: string, remedy: (target: string) => string]>> = {
  EACCES: ['this user may not read it', allow],
  EPERM: ['this user may not read it', allow],
  EIO: ['the disk could not read it', () => 'dmesg | tail (what the disk says; save what can be saved of it first)'],
  EISDIR: ['it is a folder, and a file belongs there', clear],
  ELOOP: ['its links lead in a circle', clear],
};

/** What the disk said of one path; undefined where it said something else. `path` is for an error that names none. */
export function asUnreadable(error: unknown, fallback: string): Unreadable | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, path: named } = error as { code?: unknown; path?: unknown };
  const refusal = typeof code === 'string' && Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined;
  if (refusal === undefined) return undefined;
  const target = typeof named === 'string' ? named : fallback;
  return { path: target, reason: `${refusal[0]} (${code})`, remedy: refusal[1](target) };
}

export function describeUnreadable({ path: target, reason }: Unreadable): string {
  return `${target} cannot be read: ${reason}`;
}

export function unreadableError(unreadable: Unreadable): AlmanacError {
  return new AlmanacError('STORE_DAMAGED', describeUnreadable(unreadable), {
    suggestions: [unreadable.remedy, 'almanac cache cleanup (it names every file that cannot be read)'],
  });
}

/** The error of a folder that stands where a file should: opening one for reading succeeds on some systems. */
export function folderInPlace(target: string): Error {
  return Object.assign(new Error(`EISDIR: ${target}`), { code: 'EISDIR', path: target });
}

/** Runs `look`, and turns the refusal of one path into an error that says which, why and what to type. */
export async function explainUnreadable<T>(fallback: string, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    const unreadable = asUnreadable(error, fallback);
    throw unreadable === undefined ? error : unreadableError(unreadable);
  }
}

/** A file that may be read in a folder that may not is refused under its own name, so both are let. */
function allow(target: string): string {
  return `chmod u+rwX ${path.dirname(target)} ${target}`;
}

function clear(target: string): string {
  return `mv ${target} ${target}.aside, then almanac cache cleanup --validate-and-cleanup`;
}
