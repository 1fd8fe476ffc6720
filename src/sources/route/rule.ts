import type { AssetClass, ParsedSymbol } from '../../market/symbol.js';
import { DAY, stepOf, type Timeframe } from '../../market/timeframe.js';
import { matchGlob } from './match-glob.js';

/** Which providers to take for which symbols, and who said so. The first rule that fits decides. */
export interface Rule {
  /** `R_*`, on the whole symbol. */
  readonly match?: string;
  readonly assetClass?: readonly AssetClass[];
  /** `intraday` ends below one day. */
  readonly span?: 'intraday' | 'daily';
  /** Absent: all. */
  readonly timeframes?: readonly Timeframe[];
  /** In order of preference. */
  readonly providers: readonly string[];
  /** Who closes holes. Absent: anybody who can. */
  readonly fill?: readonly string[];
  /** A person's own rule holds even where it leads nowhere; the others give way to whoever knows the symbol. */
  readonly origin: 'settings' | 'plugin' | 'default';
  /** `the default for crypto`, `routes[0] of almanac.config.json` */
  readonly name: string;
}

export function fitsRule(rule: Rule, { symbol, assetClass }: ParsedSymbol, timeframe: Timeframe): boolean {
  if (rule.match !== undefined && !matchGlob(rule.match, symbol)) return false;
  if (rule.assetClass !== undefined && !rule.assetClass.includes(assetClass)) return false;
  if (rule.span !== undefined && rule.span !== spanOf(timeframe)) return false;
  return rule.timeframes === undefined || rule.timeframes.includes(timeframe);
}

function spanOf(timeframe: Timeframe): 'intraday' | 'daily' {
  if (timeframe === '1mo') return 'daily';
  return (stepOf(timeframe) ?? 0) < DAY ? 'intraday' : 'daily';
}
