import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '@oclif/core/config';
import { AlmanacError } from '../../market/almanac-error.js';
import { judgePackage } from '../../sources/trust/judge-package.js';
import { readManifest } from '../../sources/trust/package-facts.js';
import { runTheirs } from './change-plugins.js';
import { askWhatCame, type Brought, findShipped } from './let-in-plugin.js';

export interface Linked {
  readonly name: string;
  readonly version: string;
  readonly root: string;
  readonly brought: Brought;
}

/** A folder of one's own needs no yes: but it is a plugin, speaks our contract and has a name of its own, or says so. */
export async function linkPlugin(folder: string, config: Config): Promise<Linked> {
  const root = path.resolve(folder);
  const file = path.join(root, 'package.json');
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new AlmanacError('FILE_UNREADABLE', `there is no package.json that can be read in ${root}`, { cause: error });
  }
  const manifest = readManifest(content, root);
  const rules = { shipped: findShipped(config), allowed: new Map<string, string>(), now: 0, allowNew: true };
  const judgement = judgePackage({ ...manifest, integrity: '', source: root, attested: false }, rules);
  if (judgement.kind === 'refused')
    throw new AlmanacError('PLUGIN_REFUSED', judgement.reason, { suggestions: judgement.suggestions });
  const { name, version } = manifest;
  // Without installing its dependencies: that would run its scripts, and whoever works on it has them.
  await runTheirs('plugins:link', [root, '--no-install'], {
    ...{ config, place: { dataDir: config.dataDir, registry: config.npmRegistry }, allowNew: true },
  });
  return { name, version, root, brought: await askWhatCame(config, name) };
}
