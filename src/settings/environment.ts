import type { OriginedValue } from './settings.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that set one value each; where two set the same one, the earlier wins. */
const VARIABLES: readonly (readonly [string, readonly string[]])[] = [
  ['ALMANAC_STORE', ['cacheDir']],
  ['ALPHA_VANTAGE_KEY', ['providers', 'alpha-vantage', 'apiKey']],
  ['ALPHA_VANTAGE_API_KEY', ['providers', 'alpha-vantage', 'apiKey']],
  ['DERIV_APP_ID', ['providers', 'deriv', 'appId']],
  ['DERIV_TOKEN', ['providers', 'deriv', 'token']],
];
/** A CoinGecko key is good for one plan only, so its variable sets both. */
const COINGECKO = { pro: 'COINGECKO_PRO_API_KEY', demo: 'COINGECKO_DEMO_API_KEY' } as const;

/** What the environment says; an empty variable says nothing. `plan` is the one a settings file chose, if any. */
export function readEnvironment(environment: Environment, plan?: string): OriginedValue[] {
  const values: OriginedValue[] = [];
  for (const [name, path] of VARIABLES) {
    const value = environment[name];
    if (value && !values.some((each) => each.path.join() === path.join())) values.push(valueFrom(name, path, value));
  }
  return [...values, ...readCoingecko(environment, plan)];
}

function readCoingecko(environment: Environment, plan: string | undefined): OriginedValue[] {
  const chosen = (['pro', 'demo'] as const)
    .filter((each) => environment[COINGECKO[each]])
    .sort((a, b) => Number(b === plan) - Number(a === plan))[0];
  if (chosen === undefined) return [];
  const name = COINGECKO[chosen];
  return [
    valueFrom(name, ['providers', 'coingecko', 'plan'], chosen),
    valueFrom(name, ['providers', 'coingecko', 'apiKey'], environment[name] as string),
  ];
}

function valueFrom(name: string, path: readonly string[], value: string): OriginedValue {
  return { path, value, origin: { kind: 'environment', name } };
}
