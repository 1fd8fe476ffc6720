import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Config, Plugin } from '@oclif/core/config';
import { settings } from '@oclif/core/settings';
import { AlmanacError } from '../../market/almanac-error.js';
import { joinDeclared } from '../../sources/declared/join-declared.js';
import { loadDeclared } from '../../sources/declared/load-declared.js';
import type { RegisteredProvider } from '../../sources/registry/registered.js';
import { loadProviders } from '../../sources/registry.js';
import { findDeclaringFiles } from '../declaring-files.js';
import { findDeclaringPlugins } from '../declaring-plugins.js';

export interface PluginFolder {
  readonly root: string;
  /** `almanac` in its package.json. */
  readonly declared: Readonly<Record<string, unknown>>;
  readonly registered: RegisteredProvider;
}

interface Manifest {
  readonly name?: unknown;
  readonly almanac?: Readonly<Record<string, unknown>>;
  readonly oclif?: { readonly hooks?: { readonly providers?: unknown } };
}

/** The provider of a plugin that is still its author's: loaded by what will load it once it is installed. */
export async function loadPluginFolder(folder: string, config: Config): Promise<PluginFolder> {
  const root = path.resolve(folder);
  const manifest = await readManifest(root);
  await assertBuilt(root, manifest);
  // What is built is what will be installed; oclif would look for the TypeScript of a folder.
  settings.enableAutoTranspile = false;
  const plugin = new Plugin({ root, type: 'link', name: String(manifest.name), ignoreManifest: true });
  await plugin.load();
  const alone: Config = Object.create(config, { plugins: { value: new Map([[plugin.name, plugin]]) } });
  const files = (await findDeclaringFiles(alone)).filter((file) => file.plugin.name === plugin.name);
  if (files.length === 0 && plugin.hooks.providers === undefined)
    throw refuse(root, 'its package.json names no oclif.hooks.providers, and it has no providers/*.json');
  const { providers, failures } = joinDeclared(
    await loadProviders(findDeclaringPlugins(alone)),
    await loadDeclared(files),
  );
  const [failure] = failures;
  if (failure !== undefined) throw refuse(root, failure.reason);
  const [registered, another] = providers;
  if (registered === undefined) throw refuse(root, 'it brings no provider');
  if (another !== undefined) throw refuse(root, 'it offers several providers; install it, and check each by its id');
  return { root, declared: manifest.almanac ?? {}, registered };
}

async function readManifest(root: string): Promise<Manifest> {
  const text = await readFile(path.join(root, 'package.json'), 'utf8').catch(() => {
    throw refuse(root, 'it has no package.json', 'almanac providers init NAME');
  });
  const manifest = parse(text);
  if (manifest === undefined) throw refuse(root, 'its package.json is not JSON');
  if (typeof manifest.name !== 'string') throw refuse(root, 'its package.json has no name');
  return manifest;
}

function parse(text: string): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

async function assertBuilt(root: string, { oclif }: Manifest): Promise<void> {
  const hooks = [oclif?.hooks?.providers ?? []].flat() as readonly (string | { readonly target?: unknown })[];
  for (const hook of hooks) {
    const target = typeof hook === 'string' ? hook : hook.target;
    if (typeof target !== 'string') throw refuse(root, 'its hook names no file');
    const file = path.resolve(root, target);
    const there = await Promise.any([file, `${file}.js`, `${file}.cjs`].map((each) => stat(each))).catch(() => false);
    if (there === false) throw refuse(root, `${target} is not there: it has not been built`, 'npm run build');
  }
}

export function refuse(root: string, reason: string, suggestion?: string): AlmanacError {
  const suggestions = suggestion === undefined ? [] : [suggestion];
  return new AlmanacError('PROVIDER_INVALID', `plugin folder ${root}: ${reason}`, { suggestions });
}
