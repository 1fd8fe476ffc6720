import os from 'node:os';
import path from 'node:path';

export interface HomeFolders {
  readonly cacheDir: string;
  readonly configDir: string;
  readonly dataDir: string;
}

/** Where oclif keeps our three folders, without loading oclif; a test holds the two against each other. */
export function homeFolders(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string = process.platform,
): HomeFolders {
  const home = environment.HOME || (platform === 'win32' && windowsHome(environment)) || os.homedir() || os.tmpdir();
  const windows = platform === 'win32' ? environment.LOCALAPPDATA : undefined;
  const folder = (name: string, fallback: string): string =>
    path.join(environment[`XDG_${name}_HOME`] || windows || path.join(home, fallback), 'almanac');
  const caches = platform === 'darwin' ? path.join(home, 'Library', 'Caches', 'almanac') : folder('CACHE', '.cache');
  return {
    cacheDir: environment.ALMANAC_CACHE_DIR || caches,
    configDir: environment.ALMANAC_CONFIG_DIR || folder('CONFIG', '.config'),
    dataDir: environment.ALMANAC_DATA_DIR || folder('DATA', path.join('.local', 'share')),
  };
}

function windowsHome({ HOMEDRIVE, HOMEPATH, USERPROFILE }: Readonly<Record<string, string | undefined>>) {
  return HOMEDRIVE && HOMEPATH ? path.join(HOMEDRIVE, HOMEPATH) : USERPROFILE;
}
