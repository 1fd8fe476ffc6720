import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const SCRIPTS_OFF = 'ignore-scripts=true';

/** A plugin as the data folder's package.json lists it. */
export interface ListedPlugin {
  readonly name: string;
  readonly type: 'user' | 'link';
  /** Where it was installed from, other than the registry. */
  readonly url?: string;
  /** Where a linked one lives. */
  readonly root?: string;
}

/** npm started in the data folder by hand shall run nothing of a package either. What the file else says is kept. */
export async function turnScriptsOff(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const file = path.join(dataDir, '.npmrc');
  const present = (await readText(file)) ?? '';
  const lines = present.split('\n').filter((line) => !/^\s*ignore-scripts\s*=/.test(line));
  const kept = lines.join('\n').trimEnd();
  const wanted = `${kept === '' ? '' : `${kept}\n`}${SCRIPTS_OFF}\n`;
  if (wanted !== present) await replace(file, wanted);
}

export async function listPlugins(dataDir: string): Promise<ListedPlugin[]> {
  const plugins: unknown = (await readJson(path.join(dataDir, 'package.json')))?.oclif?.plugins;
  if (!Array.isArray(plugins)) return [];
  return plugins
    .map((each) => (typeof each === 'string' ? { name: each, type: 'user' } : each))
    .filter((each) => typeof each?.name === 'string' && (each.type === 'user' || each.type === 'link'));
}

/** As it stands on disk, whether it can be loaded or not; undefined where it is gone. */
export async function readPluginVersion(dataDir: string, { name, root }: ListedPlugin): Promise<string | undefined> {
  return (await readJson(path.join(root ?? path.join(dataDir, 'node_modules', name), 'package.json')))?.version;
}

/** Once the last plugin is gone, so is all that npm needed for it: the folder is the person's bars alone again. */
export async function tidyPluginFolder(dataDir: string): Promise<void> {
  const file = path.join(dataDir, 'package.json');
  const manifest = await readJson(file);
  if (manifest === undefined || (await listPlugins(dataDir)).length > 0) return;
  if (Object.keys(manifest.dependencies ?? {}).length > 0) return;
  const modules = path.join(dataDir, 'node_modules');
  await rm(path.join(modules, '.package-lock.json'), { force: true });
  await rmdir(modules).catch(() => {});
  await rm(path.join(dataDir, 'package-lock.json'), { force: true });
  await rm(file, { force: true });
  const npmrc = path.join(dataDir, '.npmrc');
  if ((await readText(npmrc))?.trim() === SCRIPTS_OFF) await rm(npmrc);
}

/** `sha512-…` of what npm put there, by its lock; undefined where it put nothing. */
export async function readLockedIntegrity(dataDir: string, name: string): Promise<string | undefined> {
  const lock = await readJson(path.join(dataDir, 'package-lock.json'));
  return lock?.packages?.[`node_modules/${name}`]?.integrity;
}

/** Instead of a temporary file's address, the one that was typed. */
export async function rememberOrigin(dataDir: string, name: string, url: string): Promise<void> {
  const file = path.join(dataDir, 'package.json');
  const manifest = await readJson(file);
  const plugins = (await listPlugins(dataDir)).map((each) => (each.name === name ? { ...each, url } : each));
  await replace(file, JSON.stringify({ ...manifest, oclif: { ...manifest?.oclif, plugins } }, null, 2));
}

/** Whole or not at all. */
async function replace(file: string, text: string): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  await writeFile(temporary, text, { flag: 'wx' });
  await rename(temporary, file);
}

interface Manifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly oclif?: { readonly plugins?: unknown };
  readonly packages?: Readonly<Record<string, { readonly integrity?: string }>>;
}

async function readJson(file: string): Promise<Manifest | undefined> {
  const text = await readText(file);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Manifest);
  } catch {
    return undefined;
  }
}

async function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}
