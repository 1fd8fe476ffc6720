import type { ParsedSymbol } from '../../market/symbol.js';
import type { Instrument } from '../../provider/index.js';
import type { Declaration } from './schema.js';
import { fillTemplate, type Values } from './template.js';

/** What a symbol says by its form: `{base: 'BTC', quote: 'USD'}` or `{ticker: 'AAPL'}`, and their name for it. */
export interface ReadSymbol {
  readonly native: string;
  readonly values: Values;
}

const PART = /^[A-Z0-9]{1,15}$/;
const TICKER = /^[A-Za-z0-9](?:[A-Za-z0-9_^=-]|\.(?!\.)){0,30}$/;

/** A symbol by the file's rules; undefined where it is not one of its own. */
export function readSymbol(ticker: string, { symbols }: Pick<Declaration, 'symbols'>): ReadSymbol | undefined {
  const alias = symbols.aliases !== undefined && Object.hasOwn(symbols.aliases, ticker);
  for (const form of symbols.accept) {
    const values = readForm(ticker, form, symbols.quotes ?? []);
    if (values === undefined) continue;
    const named = rename(values, symbols);
    const native = alias ? symbols.aliases?.[ticker] : spell(fillTemplate(symbols.native, named), symbols.case);
    if (native !== undefined) return { native, values: { ...named, native } };
  }
  const native = alias ? symbols.aliases?.[ticker] : undefined;
  return native === undefined ? undefined : { native, values: { native } };
}

/** Its instrument; the class and the market are the file's. Equity is only what is left when no form is known. */
export function recognise(symbol: ParsedSymbol, file: Declaration): Instrument | undefined {
  const { assetClass, suffix } = file.market;
  if (symbol.market !== suffix) return undefined;
  if (symbol.assetClass !== assetClass && symbol.assetClass !== 'equity') return undefined;
  const read = readSymbol(symbol.ticker, file);
  if (read === undefined) return undefined;
  return {
    symbol: symbol.symbol,
    native: read.native,
    assetClass,
    ...(suffix === undefined ? {} : { market: suffix }),
  };
}

function readForm(text: string, form: string, quotes: readonly string[]): Values | undefined {
  const [, before = '', name = '', between = '', quoted, after = ''] =
    /^([^{}]*)\{(ticker|base)\}([^{}]*)(\{quote\})?([^{}]*)$/.exec(form) ?? [];
  const tail = quoted === undefined ? between + after : after;
  if (!text.startsWith(before) || !text.endsWith(tail) || text.length <= before.length + tail.length) return undefined;
  const inner = text.slice(before.length, text.length - tail.length);
  if (quoted === undefined) return (name === 'base' ? PART : TICKER).test(inner) ? { [name]: inner } : undefined;
  // The longest that fits: BTCUSDT is in USDT, whatever else ends in T.
  for (const quote of [...quotes].sort((a, b) => b.length - a.length)) {
    if (!inner.endsWith(between + quote)) continue;
    const base = inner.slice(0, inner.length - between.length - quote.length);
    if (PART.test(base)) return { base, quote };
  }
  return undefined;
}

function rename(values: Values, { rename: names = {} }: Declaration['symbols']): Values {
  const written = Object.entries(values).map(([name, value = '']) => {
    return [name, Object.hasOwn(names, value) ? names[value] : value];
  });
  return Object.fromEntries(written);
}

/** Their capitals are of their own name for it alone: a parameter may want `btcusd`, and a reply say `BTC/USD`. */
function spell(native: string | undefined, letters: Declaration['symbols']['case']): string | undefined {
  if (letters === undefined) return native;
  return letters === 'lower' ? native?.toLowerCase() : native?.toUpperCase();
}
