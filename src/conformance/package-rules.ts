import { z } from 'zod';
import type { AnyProvider, Capabilities } from '../provider/index.js';
import type { RuleResult } from './index.js';

/** What package.json tells people before they install a plugin, and the version of the contract it was written for. */
const declaration = z.object({
  api: z.number(),
  hosts: z.array(z.string()),
  secrets: z.array(z.string()).default([]),
});

export interface PackageParts {
  /** `almanac` in package.json. */
  readonly declared: unknown;
  readonly provider: AnyProvider;
  /** Another plugin's name that offers this id already. */
  readonly claimedBy: string | undefined;
}

interface PackageRule {
  readonly id: string;
  readonly name: string;
  find(parts: PackageParts): Promise<readonly string[]> | readonly string[];
}

export const PACKAGE_RULES: readonly PackageRule[] = [
  {
    id: 'package-api',
    name: 'package.json says that it is written for version 1 of the contract',
    find: ({ declared }) => {
      const api = (declared as { api?: unknown } | undefined)?.api;
      if (api === 1) return [];
      if (typeof api !== 'number') return ['package.json has no almanac.api: { "almanac": { "api": 1 } }'];
      return [`it is written for version ${api} of the contract with providers, and this Almanac speaks version 1`];
    },
  },
  {
    id: 'package-id',
    name: 'no other plugin offers a provider of that id',
    find: ({ provider, claimedBy }) =>
      claimedBy === undefined
        ? []
        : [`${claimedBy} offers ${provider.id} already: two of one name are never both used`],
  },
  {
    id: 'package-hosts',
    name: 'every host it asks is in almanac.hosts of package.json',
    async find({ declared, provider }) {
      const said = declaration.safeParse(declared).data?.hosts;
      if (said === undefined) return ['package.json has no list almanac.hosts'];
      const named = new Set(said.map(hostOf));
      const { hosts } = await describeDefaults(provider);
      return hosts
        .filter((host) => !named.has(hostOf(host)))
        .map((host) => `it asks ${host}, which package.json does not name in almanac.hosts`);
    },
  },
  {
    id: 'package-secrets',
    name: 'every key it reads is in almanac.secrets of package.json',
    find({ declared, provider }) {
      const said = declaration.safeParse(declared).data?.secrets ?? [];
      return (provider.credentials ?? [])
        .flatMap(({ env }) => env)
        .filter((variable) => !said.includes(variable))
        .map((variable) => `it reads ${variable}, which package.json does not name in almanac.secrets`);
    },
  },
];

/** What a plugin's package says of it, held against what it does. */
export async function checkPackage(parts: PackageParts): Promise<readonly RuleResult[]> {
  return Promise.all(
    PACKAGE_RULES.map(async ({ id, name, find }): Promise<RuleResult> => {
      const [reason, ...evidence] = await Promise.resolve(find(parts)).catch((error: unknown) => [String(error)]);
      return reason === undefined
        ? { rule: id, name, outcome: 'pass' }
        : { rule: id, name, outcome: 'fail', reason, evidence };
    }),
  );
}

/** As it is without settings: what somebody who has just installed it would reach. */
async function describeDefaults(provider: AnyProvider): Promise<Capabilities> {
  const required = provider.credentials?.filter((each) => each.required) ?? [];
  const least = Object.fromEntries(required.map(({ option }) => [option, 'a-key-for-trying']));
  const result = await provider.options['~standard'].validate(least);
  if (result.issues !== undefined) throw new Error('its options refuse the defaults, so its hosts are not known');
  return provider.capabilities(result.value);
}

function hostOf(text: string): string {
  return URL.canParse(text) && text.includes('//') ? new URL(text).host : text;
}
