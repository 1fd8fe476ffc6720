import { stat } from 'node:fs/promises';
import type { SharedState } from '../sources/host/limits/shared-state.js';
import { openSharedState } from '../store/shared-state.js';

/**
 * What is used up of limits, and who asked for a pause, as every process on this cache knows it. Where there is no
 * cache yet, nobody knows anything, and looking must not create one.
 */
export async function openLimits(cacheFolder: string): Promise<SharedState | undefined> {
  const found = await stat(cacheFolder).catch(() => undefined);
  return found?.isDirectory() === true ? openSharedState(cacheFolder) : undefined;
}
