import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AlmanacError } from '../../market/almanac-error.js';
import { type PackageManifest, readManifest } from '../../sources/trust/package-facts.js';
import { type ListedPlugin, readLockedIntegrity } from './plugin-folder.js';

export interface Inspected extends PackageManifest {
  readonly type: ListedPlugin['type'];
  readonly from: string;
  readonly root: string;
  /** Of what npm unpacked; a linked folder has none. */
  readonly integrity: string | null;
}

export async function inspectPlugin(dataDir: string, listed: ListedPlugin): Promise<Inspected> {
  const { name, type, url } = listed;
  const root = listed.root ?? path.join(dataDir, 'node_modules', name);
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  } catch (error) {
    throw new AlmanacError('FILE_UNREADABLE', `plugin ${name} is listed, and cannot be read in ${root}`, {
      ...{ cause: error, suggestions: [`almanac plugins uninstall ${name}`] },
    });
  }
  const integrity = type === 'link' ? null : ((await readLockedIntegrity(dataDir, name)) ?? null);
  const from = url ?? (type === 'link' ? root : 'npm registry');
  return { ...readManifest(content, root), type, from, root, integrity };
}
