import { AlmanacError } from '../market/almanac-error.js';
import { editDistance, nearestNames } from '../market/nearest.js';
import { parseSymbol } from '../market/symbol.js';
import { namePlugin } from './registry/plugin-facts.js';
import type { PreparedProvider } from './registry/prepare-provider.js';
import { missingKey } from './registry/read-keys.js';
import type { LoadFailure } from './registry/registered.js';
import { isOffer, judgeProvider, type Offer, type Wanted } from './route/judge-provider.js';
import { fitsRule, type Rule } from './route/rule.js';

export interface RouteRequest extends Wanted {
  /** `primary`: who is asked first and alone. `fill`: who may close a hole that another left. */
  readonly purpose: 'primary' | 'fill';
  /** `--provider`: this one, whatever the rules say. */
  readonly provider?: string | undefined;
}

export interface Choice extends Offer {
  readonly provider: string;
  /** Why this one, in words that follow its name: `the default for crypto`. */
  readonly reason: string;
}

export interface Refusal {
  readonly provider: string;
  readonly reason: string;
  /** It could serve, but only who names it gets it. */
  readonly barred?: boolean;
  /** It has no symbol of this form. */
  readonly stranger?: boolean;
  /** It has nothing of the class that the symbol is taken for. */
  readonly lacksClass?: boolean;
  /** What to type so that it can serve. */
  readonly remedy?: string;
}

export interface Routed {
  /** Best first. For `primary` the first is the one to take: nothing slides to the next by itself. */
  readonly choices: readonly Choice[];
  readonly refused: readonly Refusal[];
  /** Where nobody has a symbol of this form: an example of a provider that is spelled almost so, or its own capitals. */
  readonly alike?: string;
}

/** Who serves a symbol, in which order, and why; and why the others do not. Asks nothing of anybody. */
export function route(
  request: RouteRequest,
  { providers, rules }: { readonly providers: readonly PreparedProvider[]; readonly rules: readonly Rule[] },
): Routed {
  const candidates = listCandidates(request, providers, rules);
  const guessed = judgeAll(candidates, request, providers);
  // A list of several is gone through by the guess first: a share is asked of no exchange of coins that stands before.
  const free = candidates.some(({ named }) => named === true) && isUnclaimed(guessed, providers);
  const { choices, refused } = free ? judgeAll(candidates, { ...request, anyClass: true }, providers) : guessed;
  const unknown = choices.length === 0 && refused.every(({ stranger }) => stranger === true);
  const alike = unknown
    ? (findAlike(request.symbol.symbol, providers) ?? findUpper(request, providers, rules))
    : undefined;
  return { choices, refused, ...(alike === undefined ? {} : { alike }) };
}

type Judged = Pick<Routed, 'choices' | 'refused'>;

/** Nobody who is installed has the symbol as what it is taken for. */
function isUnclaimed({ choices, refused }: Judged, providers: readonly PreparedProvider[]): boolean {
  const installed = refused.filter((each) => providers.some(({ provider }) => provider.id === each.provider));
  return (
    choices.length === 0 && installed.every(({ stranger, lacksClass }) => stranger === true || lacksClass === true)
  );
}

function judgeAll(
  candidates: readonly Candidate[],
  request: RouteRequest,
  providers: readonly PreparedProvider[],
): Judged {
  const choices: Choice[] = [];
  const refused: Refusal[] = [];
  for (const { provider, reason, barred } of candidates) {
    if ([...choices, ...refused].some((each) => each.provider === provider)) continue;
    const prepared = providers.find((each) => each.provider.id === provider);
    if (prepared === undefined) refused.push({ provider, reason: `${reason} names it, and it is not installed` });
    else {
      const judged = judgeProvider(prepared, request);
      if (!isOffer(judged)) refused.push({ provider, ...judged });
      else if (barred !== undefined) refused.push({ provider, reason: barred, barred: true });
      else choices.push({ provider, reason, ...judged });
    }
  }
  return { choices, refused };
}

function findAlike(symbol: string, providers: readonly PreparedProvider[]): string | undefined {
  const known = providers.map(({ provider }) => provider.samples.known.symbol);
  const same = known.find((name) => name.toLowerCase() === symbol.toLowerCase());
  return same ?? nearestNames(symbol, known, 1).find((name) => editDistance(symbol, name) <= 2);
}

/** The same in capitals, where somebody would serve that: `ethusdt` for ETHUSDT. A market's name stays as it is. */
function findUpper(
  request: RouteRequest,
  providers: readonly PreparedProvider[],
  rules: readonly Rule[],
): string | undefined {
  const { symbol, ticker } = request.symbol;
  const upper = ticker.toUpperCase() + symbol.slice(ticker.length);
  if (upper === symbol) return undefined;
  const { choices } = route({ ...request, symbol: parseSymbol(upper) }, { providers, rules });
  return choices.length > 0 ? upper : undefined;
}

interface Candidate {
  readonly provider: string;
  readonly reason: string;
  /** By a person, whose word goes before the guess what the symbol is. */
  readonly named?: boolean;
  /** Why it is out of the question although it could serve. */
  readonly barred?: string;
}

function listCandidates(
  { symbol, timeframe, purpose, provider }: RouteRequest,
  providers: readonly PreparedProvider[],
  rules: readonly Rule[],
): Candidate[] {
  if (provider !== undefined)
    return nameAll([findProvider(provider, providers).provider.id], '--provider').map(byPerson);
  const fitting = rules.filter((each) => fitsRule(each, symbol, timeframe));
  const [own] = fitting;
  if (own?.origin === 'settings' && purpose === 'primary') return nameAll(own.providers, own.name).map(byPerson);
  if (own?.origin === 'settings' && own.fill !== undefined) return nameAll(own.fill, own.name).map(byPerson);
  const asking = fitting.filter(({ origin }) => origin === 'plugin');
  const usual = fitting.filter(({ origin }) => origin === 'default').slice(0, 1);
  const first = [...asking, ...usual].flatMap((rule) => nameAll(rule.providers, rule.name));
  const fill = usual.flatMap((rule) => nameAll(rule.fill ?? [], rule.name));
  const claims = providers
    .filter(({ onlyNamed }) => onlyNamed !== true)
    .sort(compareClaims)
    .map((each) => nameAll([each.provider.id], `it knows ${symbol.symbol}`));
  if (purpose === 'fill') return [...fill, ...first, ...claims.flat()];
  const barred = 'it only closes holes here; --provider takes it all the same';
  return [...first, ...fill.map((each) => ({ ...each, barred })), ...claims.flat()];
}

function nameAll(ids: readonly string[], reason: string): Candidate[] {
  return ids.map((provider) => ({ provider, reason }));
}

function byPerson(candidate: Candidate): Candidate {
  return { ...candidate, named: true };
}

/** Without a rule that helps: one that ships, needs no key that is missing and makes nothing up comes first. */
function compareClaims(a: PreparedProvider, b: PreparedProvider): number {
  const weight = (each: PreparedProvider): number =>
    Number(missingKey(each.keys) !== undefined) * 4 + Number(isDerived(each)) * 2 + Number(each.plugin.type !== 'core');
  return weight(a) - weight(b) || (a.provider.id < b.provider.id ? -1 : 1);
}

function isDerived(prepared: PreparedProvider): boolean {
  if (!prepared.ready) return false;
  return prepared.capabilities.markets.every(({ timeframes }) => timeframes.every(({ derived }) => derived === true));
}

/** A file is named by its whole path in the reason itself. */
function describeFailure({ plugin, reason }: LoadFailure): string {
  return plugin.type === 'file' ? reason : `plugin ${namePlugin(plugin)}: ${reason}`;
}

/** The provider of that id, or an error that names the one that was probably meant. */
export function findProvider<T extends { readonly provider: { readonly id: string } }>(
  id: string,
  providers: readonly T[],
  failures: readonly LoadFailure[] = [],
): T {
  const found = providers.find((each) => each.provider.id === id);
  if (found !== undefined) return found;
  const failed = failures.find((each) => each.provider === id);
  if (failed !== undefined) throw new AlmanacError('PROVIDER_INVALID', describeFailure(failed));
  const known = providers.map((each) => each.provider.id);
  const [nearest] = nearestNames(id, known, 1);
  const hint = nearest === undefined ? `there are ${known.join(', ') || 'none'}` : `did you mean ${nearest}?`;
  throw new AlmanacError('PROVIDER_UNKNOWN', `there is no provider ${JSON.stringify(id)}; ${hint}`, {
    suggestions: ['almanac providers list'],
  });
}
