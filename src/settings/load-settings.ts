import { resolveCacheFolder } from './cache-folder.js';
import { checkFile } from './check-file.js';
import { DEFAULTS } from './defaults.js';
import { readEnvironment } from './environment.js';
import { findFile } from './find-file.js';
import { buildTree, flattenValues, mergeLayers } from './merge-layers.js';
import type { LoadedSettings, OriginedValue, Settings } from './settings.js';

export interface LoadOptions {
  readonly cwd: string;
  /** The user's config folder, looked into last. */
  readonly configDir?: string | undefined;
  /** Where the cache goes when nobody says: `<dataDir>/store`. */
  readonly dataDir: string;
  /** The one settings file to read, as `--config` names it. */
  readonly file?: string | undefined;
  readonly flags?: { readonly cacheDir?: string | undefined };
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Defaults < file < environment < flags, with the origin of every value kept. */
export async function loadSettings(options: LoadOptions): Promise<LoadedSettings> {
  const found = await findFile({ cwd: options.cwd, configDir: options.configDir, file: options.file });
  const { $schema: _, ...content } = found === undefined ? {} : checkFile(found.file, found.content);
  const values = mergeLayers([
    flattenValues(DEFAULTS, { kind: 'default', name: 'default' }),
    found === undefined ? [] : flattenValues(content, { kind: 'file', name: found.file }),
    readEnvironment(options.environment ?? process.env, content.providers?.coingecko?.plan),
    readFlags(options.flags?.cacheDir),
  ]);
  const complete = followArchive(values);
  return {
    settings: buildTree(complete) as unknown as Settings,
    values: complete,
    file: found?.file,
    cacheFolder: resolveCacheFolder(complete, options),
  };
}

function readFlags(cacheDir: string | undefined): OriginedValue[] {
  if (!cacheDir) return [];
  return [{ path: ['cacheDir'], value: cacheDir, origin: { kind: 'flag', name: '--cache-dir' } }];
}

/** Who moved Binance's archive and said nothing of its listings is asked for them at the same place. */
function followArchive(values: readonly OriginedValue[]): OriginedValue[] {
  const archive = values.find((each) => each.path.join('.') === 'providers.binance.archiveUrl');
  return values.map((each) => {
    const follows = each.path.join('.') === 'providers.binance.archiveListUrl' && each.origin.kind === 'default';
    return follows && archive !== undefined && archive.origin.kind !== 'default'
      ? { ...archive, path: each.path }
      : each;
  });
}
