import os from 'node:os';
import path from 'node:path';
import type { OriginedValue } from './settings.js';

interface Places {
  readonly cwd: string;
  readonly dataDir: string;
  readonly home?: string;
}

/** Where the data lies. A path in a settings file counts from that file, one typed or exported from where we are. */
export function resolveCacheFolder(
  values: readonly OriginedValue[],
  { cwd, dataDir, home = os.homedir() }: Places,
): string {
  const chosen = values.find((each) => each.path.join('.') === 'cacheDir');
  if (chosen === undefined) return path.join(dataDir, 'store');
  const folder = String(chosen.value).replace(/^~(?=$|[/\\])/, () => home);
  return path.resolve(chosen.origin.kind === 'file' ? path.dirname(chosen.origin.name) : cwd, folder);
}
