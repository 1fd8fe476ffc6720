import path from 'node:path';
import { asUnreadable, type Unreadable } from '../files/unreadable.js';
import { type Finding, findingOf } from './finding.js';

/** What cannot be read is told and never acted on: the rights and the disk are the person's. */
export function unreadableFinding(cache: string, { path: target, reason, remedy }: Unreadable): Finding {
  const below = path.relative(cache, target).split(path.sep).join('/');
  return findingOf(below, 'unreadable', 'none', `${reason}; what is in it was not looked at. Try: ${remedy}`);
}

/** What `judge` finds, or that one path could not be read for it: that keeps nobody from the other files. */
export async function findingsOrUnreadable(
  cache: string,
  fallback: string,
  judge: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await judge();
  } catch (error) {
    const unreadable = asUnreadable(error, fallback);
    // Where the cache itself cannot be read there is nothing to judge.
    if (unreadable === undefined || path.resolve(unreadable.path) === path.resolve(cache)) throw error;
    return [unreadableFinding(cache, unreadable)];
  }
}
