import { DAY } from '../../market/timeframe.js';
import type { AllowList } from './allow-list.js';
import type { PackageFacts } from './package-facts.js';

/** Most packages that were taken over were found out and withdrawn within days. */
const PROBATION = 7 * DAY;
/** The contract's version that this Almanac speaks. */
const API = 1;

export interface Shipped {
  /** Packages that come with Almanac. */
  readonly packages: readonly string[];
  /** Ids of its providers. */
  readonly providers: readonly string[];
}

export interface Rules {
  readonly shipped: Shipped;
  readonly allowed: AllowList;
  readonly now: number;
  /** Young releases too. */
  readonly allowNew: boolean;
}

export type Judgement =
  /** The person has said yes to exactly these bytes before. */
  | { readonly kind: 'allowed' }
  /** Nothing speaks against it; whether to trust it is the person's to say. */
  | { readonly kind: 'ask' }
  | { readonly kind: 'refused'; readonly reason: string; readonly suggestions: readonly string[] };

export function judgePackage(facts: PackageFacts, { shipped, allowed, now, allowNew }: Rules): Judgement {
  const { name, version, integrity, publishedAt, api } = facts;
  const shadowed = findShadowed(name, shipped);
  if (shadowed !== undefined) return refuse(`${name} has the name of what ships with Almanac: ${shadowed}`);
  if (!facts.plugin) return refuse(`${name} ${version} is no plugin of Almanac: its package.json has no "oclif"`);
  if (api !== undefined && api > API)
    return refuse(
      `${name} ${version} speaks version ${api} of the contract with providers, and this Almanac speaks version ${API}`,
      ['npm install --global almanac@latest'],
    );
  const listed = allowed.get(`${name}@${version}`);
  if (listed === integrity) return { kind: 'allowed' };
  if (listed !== undefined)
    return refuse(
      `${name} ${version} is not the package that plugin-allowlist.json allows: its integrity is ${integrity}`,
    );
  if (publishedAt !== undefined && now - publishedAt < PROBATION && !allowNew)
    return refuse(`${name} ${version} was released ${describeYouth(now - publishedAt)}, and seven days are asked for`, [
      `almanac plugins install ${name}@${version} --allow-new`,
    ]);
  return { kind: 'ask' };
}

/** The shipped thing whose name it takes, by the package or by the provider it would be looked up for. */
export function findShadowed(name: string, { packages, providers }: Shipped): string | undefined {
  if (packages.includes(name) || /^@(almanac|oclif)\//.test(name)) return name;
  return providers.find((id) => name === `almanac-provider-${id}`);
}

function refuse(reason: string, suggestions: readonly string[] = []): Judgement {
  return { kind: 'refused', reason, suggestions };
}

function describeYouth(ms: number): string {
  const days = Math.floor(ms / DAY);
  return days < 1 ? 'less than a day ago' : days === 1 ? 'a day ago' : `${days} days ago`;
}
