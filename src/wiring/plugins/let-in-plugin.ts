import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '@oclif/core/config';
import { AlmanacError } from '../../market/almanac-error.js';
import { type AllowList, parseAllowList } from '../../sources/trust/allow-list.js';
import { findShadowed, type Judgement, judgePackage, type Shipped } from '../../sources/trust/judge-package.js';
import type { PackageFacts } from '../../sources/trust/package-facts.js';
import type { PluginSpec } from '../../sources/trust/plugin-spec.js';
import { loadConfig } from '../load-config.js';
import { loadAll } from '../open-sources.js';
import { type Change, installPlugin } from './change-plugins.js';
import { type Examined, examinePlugin } from './examine-plugin.js';

export interface Entrance extends Change {
  readonly cwd: string;
  readonly now: number;
  /** Shows it and says whether it may come in; throws what was refused. */
  approve(facts: PackageFacts & Replacing, judgement: Judgement): Promise<boolean>;
  /** A release that is there already need not be let in again. */
  readonly present?: string | undefined;
}

interface Replacing {
  /** Id of a provider that ships as a declaration and stands aside for a package of its name. */
  readonly replaces?: string;
}

export type LetIn =
  | { readonly outcome: 'installed'; readonly facts: PackageFacts; readonly brought: Brought }
  | { readonly outcome: 'declined' | 'present'; readonly facts: PackageFacts };

/** What a plugin turned out to offer, once it was asked. */
export interface Brought {
  readonly providers: readonly string[];
  readonly faults: readonly string[];
}

/** Looked at, judged, shown, and only then installed: exactly what was shown. */
export async function letInPlugin(spec: PluginSpec, entrance: Entrance): Promise<LetIn> {
  const { config, place, cwd, now, allowNew, present } = entrance;
  const shipped = findShipped(config);
  if (spec.kind === 'registry') assertUnshipped(spec.names, shipped);
  const allowed = await readAllowList(config);
  const examined: Examined = await examinePlugin(spec, place, cwd);
  const { facts } = examined;
  try {
    if (present === facts.version) return { outcome: 'present', facts };
    const judgement = judgePackage(facts, { shipped, allowed, now, allowNew });
    if (!(await entrance.approve({ ...facts, ...findReplaced(config, facts.name) }, judgement)))
      return { outcome: 'declined', facts };
    await installPlugin(examined, { config, place, allowNew: allowNew || judgement.kind === 'allowed' });
    return { outcome: 'installed', facts, brought: await askWhatCame(config, facts.name) };
  } finally {
    await examined.discard();
  }
}

function findReplaced({ root }: Config, name: string): Replacing {
  const id = /(?:^almanac-|\/)provider-([a-z0-9-]+)$/.exec(name)?.[1];
  return id !== undefined && existsSync(path.join(root, 'config/providers', `${id}.json`)) ? { replaces: id } : {};
}

/** Where a person or a company lists what needs no asking. */
export function allowListFile({ configDir }: Pick<Config, 'configDir'>): string {
  return path.join(configDir, 'plugin-allowlist.json');
}

/** The names that nobody else may have. */
export function findShipped(config: Pick<Config, 'plugins' | 'pjson'>): Shipped {
  const core = [...config.plugins.values()].filter(({ type }) => type === 'core').map(({ name }) => name);
  const packages = [...new Set([...core, ...Object.keys(config.pjson.dependencies ?? {})])];
  const providers = packages.flatMap((name) => /^@almanac\/provider-(.+)$/.exec(name)?.[1] ?? []);
  return { packages, providers };
}

/** Before anybody is asked about it. */
function assertUnshipped(names: readonly string[], shipped: Shipped): void {
  for (const name of names) {
    const shadowed = findShadowed(name, shipped);
    if (shadowed === undefined) continue;
    const message = `${shadowed} ships with Almanac, and nothing else is let in under the name ${name}`;
    throw new AlmanacError('PLUGIN_REFUSED', message, { suggestions: ['almanac providers list'] });
  }
}

async function readAllowList(config: Config): Promise<AllowList> {
  const file = allowListFile(config);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? new Map() : parseAllowList(text, file);
}

/** Its hook is run, as every command that needs providers will. */
export async function askWhatCame({ root }: Config, name: string): Promise<Brought> {
  const { providers, failures } = await loadAll((await loadConfig({ root })).config);
  return {
    providers: providers.filter(({ plugin }) => plugin.name === name).map(({ provider }) => provider.id),
    faults: failures.filter(({ plugin }) => plugin.name === name).map(({ reason }) => reason),
  };
}
