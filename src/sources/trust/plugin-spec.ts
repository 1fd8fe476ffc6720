import { AlmanacError } from '../../market/almanac-error.js';

/** What a person may name to have a plugin installed. */
export type PluginSpec =
  /** A name in npm's registry; where several are given, the first that exists is meant. */
  | { readonly kind: 'registry'; readonly names: readonly string[]; readonly range: string }
  /** A packed package on this machine. */
  | { readonly kind: 'tarball'; readonly path: string }
  /** A repository or an address, in npm's own words. */
  | { readonly kind: 'remote'; readonly spec: string };

const NAME = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*$/;
const RANGE = /^[a-z0-9^~][a-z0-9.^~<>=*+-]*$/i;
const REPOSITORY = /^[\w.-]+\/[\w.-]+(#[\w./-]+)?$/;
const PACKED = /\.(tgz|tar\.gz)$/;

/** `kraken`, `almanac-provider-kraken@1.2.0`, `@me/provider`, `owner/repo`, `file:/x.tgz`, `git+https://…`. */
export function parsePluginSpec(text: string): PluginSpec {
  const spec = text.trim();
  if (/^file:/.test(spec) || (/^[./~\\]|^[a-z]:[\\/]/i.test(spec) && !spec.includes('://')) || isBareTarball(spec))
    return readTarballPath(spec);
  if (/^(http|git):\/\//.test(spec))
    throw refuse(`${spec} would come unencrypted, and anybody between could change it`, [
      `almanac plugins install ${spec.replace(/^\w+:/, 'https:')}`,
    ]);
  if (/^(git\+(ssh|https|file)|https|ssh):\/\/|^(github|gitlab|bitbucket):/.test(spec))
    return { kind: 'remote', spec: /^https:.*(?<!\.tgz|\.tar\.gz)$/.test(spec) ? `git+${spec}` : spec };
  if (!spec.startsWith('@') && REPOSITORY.test(spec)) return { kind: 'remote', spec: `github:${spec}` };
  const at = spec.indexOf('@', 1);
  const name = at < 0 ? spec : spec.slice(0, at);
  const range = at < 0 ? 'latest' : spec.slice(at + 1);
  if (!NAME.test(name) || name.length > 214 || !RANGE.test(range))
    throw refuse(`${JSON.stringify(text)} is no name of a package, no repository and no packed package`, [
      'almanac plugins install almanac-provider-NAME',
      'almanac plugins install OWNER/REPO',
      'almanac plugins install file:/folder/package.tgz',
    ]);
  return { kind: 'registry', names: name.includes('/') || isWhole(name) ? [name] : [wholeName(name), name], range };
}

/** The name a provider's package has by convention: `kraken` is `almanac-provider-kraken`. */
export function wholeName(name: string): string {
  return name.includes('/') || isWhole(name) ? name : `almanac-provider-${name}`;
}

function isWhole(name: string): boolean {
  return name.startsWith('almanac-');
}

function isBareTarball(spec: string): boolean {
  return PACKED.test(spec) && !spec.includes(':');
}

function readTarballPath(spec: string): PluginSpec {
  const path = spec.replace(/^file:(\/\/(?=\/))?/, '');
  if (PACKED.test(path)) return { kind: 'tarball', path };
  throw refuse(`${path} is not a packed package (.tgz)`, [`almanac plugins link ${path}`, `npm pack ${path}`]);
}

function refuse(message: string, suggestions: readonly string[]): AlmanacError {
  return new AlmanacError('USAGE', message, { suggestions });
}
