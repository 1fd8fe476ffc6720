import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AlmanacError } from '../../market/almanac-error.js';
import { type PackageFacts, readManifest } from '../../sources/trust/package-facts.js';
import type { PluginSpec } from '../../sources/trust/plugin-spec.js';
import { measureIntegrity, readPackageJson } from '../../sources/trust/read-tarball.js';
import { describeNpmFailure, type NpmPlace, runNpm } from './run-npm.js';

/** A package that was looked at and not let in yet. */
export interface Examined {
  readonly facts: PackageFacts;
  /** What names exactly this package to the installer. */
  readonly install: string;
  /** What was typed, where the installer is given something else. */
  readonly origin?: string;
  /** Removes what looking at it left behind. */
  discard(): Promise<void>;
}

/** Nothing of the package is run, and nothing of it reaches the data folder. */
export async function examinePlugin(spec: PluginSpec, place: NpmPlace, cwd: string): Promise<Examined> {
  if (spec.kind === 'registry') return examineRelease(spec, place);
  if (spec.kind === 'remote') return examineRemote(spec.spec, place);
  const file = path.resolve(cwd, spec.path);
  return { facts: await examineTarball(file, file), install: `file:${file}`, discard: async () => {} };
}

async function examineTarball(file: string, source: string): Promise<PackageFacts> {
  const bytes = await readFile(file);
  const manifest = readManifest(readPackageJson(bytes, source), source);
  return { ...manifest, integrity: measureIntegrity(bytes), source, attested: false };
}

/** Packed here and installed from that: a branch may say something else a moment later. */
async function examineRemote(spec: string, place: NpmPlace): Promise<Examined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'almanac-plugin-'));
  const discard = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const answer = await runNpm(['pack', spec, `--pack-destination=${folder}`], place);
    if (!answer.ok) throw describeRemoteFailure(answer.error, spec);
    const [packed] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
    if (packed === undefined) throw new AlmanacError('UNSUPPORTED', `${spec} holds nothing that can be packed`);
    const file = path.join(folder, packed);
    return { facts: await examineTarball(file, spec), install: `file:${file}`, origin: spec, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

function describeRemoteFailure(error: { readonly code: string; readonly summary: string }, spec: string): AlmanacError {
  if (!/git/i.test(error.summary) && error.code !== '128') return describeNpmFailure(error, spec);
  const message = `${spec} cannot be read: there is no such repository, or it cannot be reached from here`;
  return new AlmanacError('UNAVAILABLE', message, {
    suggestions: [`git ls-remote ${spec.replace(/^git\+/, '').replace(/^github:/, 'https://github.com/')}`],
  });
}

interface Release {
  readonly dist?: { readonly integrity?: unknown; readonly attestations?: unknown };
  readonly time?: Readonly<Record<string, string>>;
  readonly _npmUser?: unknown;
}

async function examineRelease(
  { names, range }: PluginSpec & { readonly kind: 'registry' },
  place: NpmPlace,
): Promise<Examined> {
  for (const name of names) {
    const answer = await runNpm(['view', `${name}@${range}`], place);
    if (!answer.ok && answer.error.code !== 'E404') throw describeNpmFailure(answer.error, name);
    // A range that fits several releases brings them all, the newest last.
    const release: unknown = answer.ok ? (Array.isArray(answer.value) ? answer.value.at(-1) : answer.value) : undefined;
    if (release === undefined) continue;
    const facts = readRelease(release, name);
    return { facts, install: `${facts.name}@${facts.version}`, discard: async () => {} };
  }
  const wanted = names.map((name) => (range === 'latest' ? name : `${name}@${range}`)).join(' or ');
  throw new AlmanacError('UNSUPPORTED', `npm's registry has no ${wanted}`, {
    suggestions: ['npm search almanac-provider'],
  });
}

function readRelease(value: unknown, name: string): PackageFacts {
  const manifest = readManifest(value, name);
  const { dist, time, _npmUser: user } = value as Release;
  const integrity = dist?.integrity;
  if (typeof integrity !== 'string' || !integrity.startsWith('sha512-'))
    throw new AlmanacError('UNSUPPORTED', `the registry states no sha512 of ${name}: its bytes cannot be checked`);
  const publishedAt = Date.parse(time?.[manifest.version] ?? '');
  const publisher = typeof user === 'string' ? user : (user as { name?: unknown } | undefined)?.name;
  return {
    ...manifest,
    integrity,
    source: 'npm registry',
    attested: dist?.attestations !== undefined,
    ...(typeof publisher === 'string' ? { publisher: publisher.replace(/\s*<.*$/, '') } : {}),
    ...(Number.isNaN(publishedAt) ? {} : { publishedAt }),
  };
}
