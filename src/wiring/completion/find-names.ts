import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { TIMEFRAMES } from '../../market/timeframe.js';
import { findCacheFolder } from '../../settings/find-cache-folder.js';
import { homeFolders } from '../../settings/home-folders.js';
import { nodeFiles } from '../../store/files/node-files.js';
import { listSymbolFolders, listTimeframes } from '../../store/list-names.js';

interface Sought {
  readonly kind: 'symbols' | 'intervals' | 'stored-intervals' | 'providers' | 'plugins' | 'quarantine';
  /** Only names that begin so are needed. */
  readonly typed: string;
  readonly symbol?: string | undefined;
  readonly cacheDir?: string | undefined;
  readonly config?: string | undefined;
}

interface Place {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Beside the scripts that shells read: an id a line, as of the last `almanac autocomplete`. */
export const providersFile = (cacheDir: string): string => path.join(cacheDir, 'autocomplete', 'providers');

/**
 * Names that could be typed. Asked at every press of a key, so what is imported here is light, nothing is written, and
 * no plugin is run: its providers were noted when completion was set up.
 */
export async function findNames(sought: Sought, { cwd, environment }: Place): Promise<readonly string[]> {
  const { kind, typed, symbol, cacheDir: flag, config: file } = sought;
  const { cacheDir, ...folders } = homeFolders(environment);
  const cache = (): Promise<string> => findCacheFolder({ ...folders, cwd, environment, flag, file });
  switch (kind) {
    case 'symbols':
      return findSymbols(await cache(), typed);
    case 'stored-intervals': {
      const stored = symbol === undefined ? [] : await listTimeframes(nodeFiles, await cache(), symbol);
      return stored.length > 0 ? stored : TIMEFRAMES;
    }
    case 'intervals':
      return TIMEFRAMES;
    case 'providers':
      return (await readFile(providersFile(cacheDir), 'utf8')).split('\n').filter(Boolean);
    case 'plugins': {
      const { listPlugins } = await import('../plugins/plugin-folder.js');
      return (await listPlugins(folders.dataDir)).map(({ name }) => name);
    }
    case 'quarantine': {
      const { listQuarantine } = await import('../../store/upkeep/list-quarantine.js');
      return (await listQuarantine(nodeFiles, await cache())).map(({ id }) => id);
    }
  }
}

/** A folder without bars is none of ours, though it be called like a symbol: Documents, src. */
async function findSymbols(cache: string, typed: string): Promise<string[]> {
  const symbols: string[] = [];
  for (const symbol of await listSymbolFolders(nodeFiles, cache))
    if (symbol.startsWith(typed) && (await listTimeframes(nodeFiles, cache, symbol)).length > 0) symbols.push(symbol);
  return symbols;
}
