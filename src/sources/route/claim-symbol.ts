import type { ParsedSymbol } from '../../market/symbol.js';
import type { AnyProvider, Capabilities, Instrument, MarketCapability } from '../../provider/index.js';

/** A provider, and what it can do under the person's settings. */
export interface Claimant {
  readonly provider: AnyProvider;
  readonly options: unknown;
  readonly capabilities: Capabilities;
}

/**
 * What a symbol is to a provider, by its form alone; undefined where it has none of that form. The class of a symbol is
 * often a guess, and with `anyClass` it is not held against it: the symbol is then offered as whatever the provider has,
 * as what it is taken for first.
 */
export function claimSymbol(claimant: Claimant, symbol: ParsedSymbol, anyClass = false): Instrument | undefined {
  const guessed = claim(claimant, symbol);
  if (!anyClass || (guessed !== undefined && marketsOf(claimant, guessed).length > 0)) return guessed;
  for (const { assetClass } of claimant.capabilities.markets) {
    const claimed = claim(claimant, { ...symbol, assetClass });
    if (claimed !== undefined && marketsOf(claimant, claimed).length > 0) return claimed;
  }
  return guessed;
}

/** The parts of its capabilities that speak of an instrument. */
export function marketsOf(
  { capabilities }: Pick<Claimant, 'capabilities'>,
  { assetClass, market }: Instrument,
): readonly MarketCapability[] {
  return capabilities.markets.filter((each) => each.assetClass === assetClass && each.market === market);
}

/** A symbol test that throws is a provider that does not know the symbol, not the end of the command. */
function claim({ provider, options }: Claimant, symbol: ParsedSymbol): Instrument | undefined {
  try {
    return provider.instrument(symbol, options);
  } catch {
    return undefined;
  }
}
