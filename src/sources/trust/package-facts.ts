import { z } from 'zod';
import { AlmanacError } from '../../market/almanac-error.js';

/** What a package is, as a person who is to let it in wants to know it. */
export interface PackageFacts {
  readonly name: string;
  readonly version: string;
  /** `sha512-…` of the packed package, as npm's lock writes it. */
  readonly integrity: string;
  /** Where it comes from, in words. */
  readonly source: string;
  /** Who put it into the registry; a file or a repository says nothing of that. */
  readonly publisher?: string;
  readonly publishedAt?: number;
  /** Built in public from a public source, and signed by who built it. */
  readonly attested: boolean;
  readonly dependencies: readonly string[];
  /** What it would have run while being installed; Almanac lets none of it. */
  readonly scripts: readonly string[];
  /** By its own word. */
  readonly hosts: readonly string[];
  readonly secrets: readonly string[];
  /** The version of the contract with providers it was written for. */
  readonly api?: number;
  /** It has the part of package.json that makes it a plugin. */
  readonly plugin: boolean;
}

export type PackageManifest = Omit<PackageFacts, 'integrity' | 'source' | 'publisher' | 'publishedAt' | 'attested'>;

const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];

const names = z.record(z.string(), z.unknown());
const words = z.array(z.string().min(1).max(200)).max(50);
const shape = z.looseObject({
  name: z
    .string()
    .max(214)
    .regex(/^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*$/, 'must be a name as npm takes them'),
  version: z.string().regex(/^\d+\.\d+\.\d+([-+][\w.+-]+)?$/, 'must be a version like 1.2.3'),
  dependencies: names.optional(),
  optionalDependencies: names.optional(),
  scripts: names.optional(),
  oclif: z.looseObject({}).optional(),
  almanac: z.looseObject({ api: z.number().optional(), hosts: words.optional(), secrets: words.optional() }).optional(),
});

/**
 * A package.json as far as it matters here. `almanac: {api, hosts, secrets}` is where a plugin says which version of
 * the contract it speaks, whom it asks and which keys it wants.
 */
export function readManifest(value: unknown, where: string): PackageManifest {
  const result = shape.safeParse(value);
  if (!result.success) {
    const faults = result.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
    throw new AlmanacError('PROVIDER_INVALID', `the package.json of ${where} is wrong: ${faults.join('; ')}`);
  }
  const { name, version, dependencies = {}, optionalDependencies = {}, scripts = {}, oclif, almanac } = result.data;
  return {
    name,
    version,
    dependencies: [...new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies)])].sort(),
    scripts: INSTALL_SCRIPTS.filter((script) => Object.hasOwn(scripts, script)),
    hosts: almanac?.hosts ?? [],
    secrets: almanac?.secrets ?? [],
    ...(almanac?.api === undefined ? {} : { api: almanac.api }),
    plugin: oclif !== undefined,
  };
}
