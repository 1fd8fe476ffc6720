import { AlmanacError } from './almanac-error.js';
import { guessClass } from './guess-class.js';

export const ASSET_CLASSES = ['crypto', 'equity', 'fx', 'index', 'future', 'synthetic'] as const;
export type AssetClass = (typeof ASSET_CLASSES)[number];

export interface ParsedSymbol {
  /** As the user types it and the store names it: `BTCUSDT@um`. */
  readonly symbol: string;
  /** Without the market suffix: `BTCUSDT`. */
  readonly ticker: string;
  /** `um`, `cm`, …; undefined on the main (spot, cash) market. */
  readonly market: string | undefined;
  /** Guessed from its spelling, unless somebody knows. */
  readonly assetClass: AssetClass;
}

const LONGEST = 64;
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the purpose
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/**
 * Refuses, in one sentence, what cannot be a symbol; everything else is storable, however odd. `known` is what somebody
 * who has it says that it is, a list or a sidecar; a word that is no asset class says nothing.
 */
export function parseSymbol(text: string, known?: string): ParsedSymbol {
  const refusal = refusalOf(text);
  if (refusal !== undefined) {
    const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
    throw new AlmanacError('SYMBOL_REFUSED', `${shown} cannot be a symbol: ${refusal}`);
  }
  const at = text.lastIndexOf('@');
  const market = at > 0 && /^[a-z]{1,12}$/.test(text.slice(at + 1)) ? text.slice(at + 1) : undefined;
  const ticker = market === undefined ? text : text.slice(0, at);
  const assetClass = ASSET_CLASSES.find((each) => each === known) ?? guessClass(ticker);
  return { symbol: text, ticker, market, assetClass };
}

function refusalOf(text: string): string | undefined {
  if (text === '') return 'it is empty';
  if (text !== text.trim()) return 'it begins or ends with a space';
  if ([...text].length > LONGEST) return `it has ${[...text].length} characters, and ${LONGEST} is the most`;
  if (UNPRINTABLE.test(text)) return 'it has characters that cannot be seen';
  if (!text.isWellFormed()) return 'it is not valid Unicode';
  if (text.normalize('NFC') !== text) return 'its accents are written in two parts; type it in composed form (NFC)';
  if (new TextEncoder().encode(text).length > LONGEST) return `it is longer than ${LONGEST} bytes`;
  return undefined;
}

/** The calendar a symbol follows unless a provider or the configuration says otherwise. */
export function defaultCalendar(assetClass: AssetClass): string {
  if (assetClass === 'crypto' || assetClass === 'synthetic') return '24x7';
  return assetClass === 'fx' ? 'fx' : 'XNYS';
}
