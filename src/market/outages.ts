import type { Range } from './range.js';
import { parseSymbol } from './symbol.js';

/** A venue stood still: nothing traded, and bars of that time are explained, by everybody to be seen. */
export interface Outage {
  readonly provider: string;
  /** `spot`, or what follows the @ of its symbols: `um`, `cm`; absent: all of the provider's markets. */
  readonly market?: string | undefined;
  /** Patterns with `*`; absent: all symbols of the market. */
  readonly symbols?: readonly string[] | undefined;
  /** Instants, half-open. */
  readonly from: string;
  readonly to: string;
  readonly what: string;
  /** Where this is known from, in words. */
  readonly source: string;
}

export interface OutageRegister {
  readonly outages: readonly Outage[];
}

export interface OutageRange extends Range {
  readonly reason: string;
}

/** The outages that were also this series', ascending. */
export function outagesOf(
  register: OutageRegister,
  { provider, symbol }: { readonly provider: string; readonly symbol: string },
): readonly OutageRange[] {
  const { market = 'spot', ticker } = parseSymbol(symbol);
  return register.outages
    .filter(
      (outage) =>
        outage.provider === provider &&
        (outage.market ?? market) === market &&
        (outage.symbols?.some((pattern) => matches(pattern, ticker)) ?? true),
    )
    .map(({ from, to, what }) => ({ start: Date.parse(from), end: Date.parse(to), reason: what }))
    .sort((a, b) => a.start - b.start);
}

/** `*` stands for anything, also for nothing. */
function matches(pattern: string, ticker: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(ticker);
}
