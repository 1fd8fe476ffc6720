import { parseTimeframe, type Timeframe } from '../market/timeframe.js';
import type { Refused } from './reader.js';

export interface FreqtradeName {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** The folder, which is the exchange. */
  readonly exchange: string | undefined;
}

const KINDS: Readonly<Record<string, string>> = {
  mark: 'mark prices, at which nobody traded',
  index: 'index prices, at which nobody traded',
  premiumIndex: 'a premium index, not prices',
  funding_rate: 'funding rates, not bars',
};
const NAME =
  /^([A-Za-z0-9]+)_([A-Za-z0-9]+)(?:_([A-Za-z0-9]+))?(?:_(\d{6}))?-([A-Za-z0-9]+)(?:-(spot|futures|mark|index|premiumIndex|funding_rate))?\.(?:json|json\.gz|feather|parquet|h5)$/;

/**
 * `binance/BTC_USDT-5m.json`, `binance/futures/BTC_USDT_USDT-5m-futures.feather`: what they hold by freqtrade's way of
 * naming them. A refusal where that is no bars, undefined where the name is not of its kind.
 */
export function parseFreqtradeName(segments: readonly string[]): FreqtradeName | Refused | undefined {
  const match = NAME.exec(segments.at(-1) ?? '');
  if (match === null) return undefined;
  const [, base = '', quote = '', settle, delivery, interval = '', kind = ''] = match;
  if (interval === 'trades') return { code: 'NOT_BARS', reason: 'it holds single trades, not bars' };
  const isFutures = kind === 'futures' || (kind === '' && segments.at(-2) === 'futures');
  if (Object.hasOwn(KINDS, kind)) return { code: 'NOT_BARS', reason: `it holds ${KINDS[kind]}` };
  // A month is `1Mo` in its file names, because `1M` beside `1m` is one file on many disks.
  const timeframe = parseTimeframe(interval === '1Mo' ? '1mo' : interval);
  if (timeframe === undefined) return undefined;
  const folder = segments.at(-2) === 'futures' ? segments.at(-3) : segments.at(-2);
  const exchange = folder?.toLowerCase();
  if (settle === undefined && !isFutures) return { symbol: base + quote, timeframe, exchange };
  // Settled in what is quoted: linear, Binance's `um`; settled in the coin itself: inverse, its `cm`.
  const isInverse = settle !== undefined && settle === base;
  const dated = delivery === undefined ? '' : `_${delivery}`;
  const ticker = isInverse && dated === '' ? `${base}${quote}_PERP` : `${base}${quote}${dated}`;
  return { symbol: `${ticker}@${isInverse ? 'cm' : 'um'}`, timeframe, exchange };
}
