import { access, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '@oclif/core/config';
import { AlmanacError } from '../../market/almanac-error.js';
import type { Examined } from './examine-plugin.js';
import { listPlugins, readLockedIntegrity, rememberOrigin, tidyPluginFolder, turnScriptsOff } from './plugin-folder.js';
import { describeNpmFailure, type NpmFailure, type NpmPlace, npmEnvironment, runNpm } from './run-npm.js';

export interface Change {
  readonly config: Config;
  readonly place: NpmPlace;
  /** Young dependencies too. */
  readonly allowNew: boolean;
}

/** By oclif's own installer, and then held against what the person said yes to. */
export async function installPlugin({ facts, install, origin }: Examined, change: Change): Promise<void> {
  const { config, place, allowNew } = change;
  const { dataDir } = place;
  const { name, version, integrity } = facts;
  await turnScriptsOff(dataDir);
  try {
    await runTheirs('plugins:install', [install], change);
  } catch (error) {
    // Also where npm was interrupted: what is half installed goes.
    const reason = await findReason(install, place, allowNew).finally(() => removePlugin(name, unhurried(change)));
    if (reason !== undefined) throw describeNpmFailure(reason, `${name} ${version} was not installed`);
    const [line = ''] = String((error as Error).message).split('\n', 1);
    throw new AlmanacError('PROVIDER_INVALID', `${name} ${version} was not installed: ${line}`, { cause: error });
  }
  if ((await readLockedIntegrity(dataDir, name)) !== integrity) {
    await removePlugin(name, change);
    config.plugins.delete(name);
    throw new AlmanacError('PROVIDER_INVALID', `${name} ${version} came as other bytes than it was shown, and is gone`);
  }
  if (origin !== undefined) await rememberOrigin(dataDir, name, origin);
}

/** Theirs keeps npm's reason to itself, so npm is asked once more, and says it as data. */
async function findReason(install: string, place: NpmPlace, allowNew: boolean): Promise<NpmFailure | undefined> {
  const answer = await runNpm(['install', install, '--omit=dev'], place, allowNew);
  return answer.ok ? undefined : answer.error;
}

/** Cleaning up is not interrupted by what made it necessary. */
function unhurried(change: Change): Change {
  return { ...change, place: { ...change.place, signal: undefined } };
}

/** Nothing is left of it: neither its files nor its lines in npm's. */
export async function removePlugin(name: string, change: Change): Promise<void> {
  const { dataDir } = change.place;
  if ((await listPlugins(dataDir)).some((plugin) => plugin.name === name))
    await runTheirs('plugins:uninstall', [name], change);
  // A failed installation leaves a package that no list names.
  if (await exists(path.join(dataDir, 'node_modules', name))) await runNpm(['uninstall', name], change.place);
  await tidyPluginFolder(dataDir);
  if (await exists(path.join(dataDir, 'node_modules', name)))
    throw new AlmanacError('STORE_UNUSABLE', `${name} could not be removed from ${dataDir}`, {
      suggestions: [`almanac plugins uninstall ${name} --verbose`],
    });
}

/** What no list can be read of any more goes too; the person's own files in that folder do not. */
export async function resetPluginFolder(dataDir: string): Promise<void> {
  for (const name of ['node_modules', 'package.json', 'package-lock.json'])
    await rm(path.join(dataDir, name), { recursive: true, force: true });
}

type Theirs = 'plugins:install' | 'plugins:uninstall' | 'plugins:link';

/** oclif's own commands do the work; ours stand before them, under the same names. */
export async function runTheirs(
  id: Theirs,
  words: readonly string[],
  { config, place, allowNew }: Change,
): Promise<void> {
  const { commands } = await import('@oclif/plugin-plugins');
  // Their npm has no other way to be told.
  const environment = { ...npmEnvironment(allowNew), ALMANAC_NPM_LOG_LEVEL: 'silent' };
  for (const name of Object.keys(process.env)) if (!Object.hasOwn(environment, name)) delete process.env[name];
  Object.assign(process.env, environment);
  const loud = place.tell === undefined ? [] : ['--verbose'];
  const { ux } = await import('@oclif/core/ux');
  const { action, stdout } = ux;
  const { start, stop } = action;
  // What happens is told by the command, in one voice, and what npm says is no result.
  Object.assign(action, { start: () => {}, stop: () => {} });
  Object.assign(ux, { stdout: ux.stderr });
  try {
    await commands[id].run([...words, ...loud], config as never);
  } finally {
    Object.assign(action, { start, stop });
    Object.assign(ux, { stdout });
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
