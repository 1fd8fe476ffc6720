import { resolveCacheFolder } from './cache-folder.js';
import { readEnvironment } from './environment.js';
import { findFile } from './find-file.js';
import type { OriginedValue } from './settings.js';

interface Places {
  readonly cwd: string;
  readonly configDir: string;
  readonly dataDir: string;
  readonly file?: string | undefined;
  readonly flag?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The cache's folder as `loadSettings` finds it, and nothing else of the settings: neither the schema nor the rest of
 * the file is looked at, for who has to answer while a key is being pressed.
 */
export async function findCacheFolder({ flag, file, environment, ...places }: Places): Promise<string> {
  const typed: OriginedValue[] = flag
    ? [{ path: ['cacheDir'], value: flag, origin: { kind: 'flag', name: '--cache-dir' } }]
    : [];
  const told = [...typed, ...readEnvironment(environment)];
  const settled = told.some(({ path }) => path.join('.') === 'cacheDir');
  return resolveCacheFolder(settled ? told : await readFromFile({ ...places, file }), places);
}

async function readFromFile(places: Pick<Places, 'cwd' | 'configDir' | 'file'>): Promise<OriginedValue[]> {
  const found = await findFile({ ...places, file: places.file });
  const value = (found?.content as { readonly cacheDir?: unknown } | undefined)?.cacheDir;
  if (found === undefined || typeof value !== 'string') return [];
  return [{ path: ['cacheDir'], value, origin: { kind: 'file', name: found.file } }];
}
