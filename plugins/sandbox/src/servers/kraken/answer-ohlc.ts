import type { Market, Step } from '../../market/market.js';
import { lengthOf } from '../../market/steps.js';
import type { Kline } from '../binance/klines.js';
import { listCandles } from '../listed-candles.js';
import { KrakenError } from './kraken-error.js';
import { findPair } from './pairs.js';

/** The intervals it has, in minutes. Weeks begin on Thursdays there, and 21600 is half a month: neither is ours. */
const STEPS: Readonly<Record<string, Step>> = {
  '1': '1m',
  '5': '5m',
  '15': '15m',
  '30': '30m',
  '60': '1h',
  '240': '4h',
  '1440': '1d',
};
/** However far back it is asked. */
const MOST = 720;

/** The latest 720 candles at most, those after `since`, and always the one that still forms. */
export function answerOhlc(params: URLSearchParams, market: Market, now: number): unknown {
  const name = params.get('pair') ?? '';
  if (name === '') throw new KrakenError('EGeneral:Invalid arguments');
  const pair = findPair(name, market);
  if (pair === undefined) throw new KrakenError('EQuery:Unknown asset pair');
  const step = STEPS[params.get('interval') ?? '1'];
  const since = params.get('since') ?? '0';
  if (step === undefined || !/^\d{1,19}$/.test(since)) throw new KrakenError('EGeneral:Invalid arguments');
  const { listing, key } = pair;
  const length = lengthOf(step) as number;
  const forming = Math.floor(now / length) * length;
  const latest = listCandles({ market, listing, step, start: forming - (MOST - 1) * length, end: now + 1, now });
  const wanted = latest.filter(({ openTime }) => openTime > Number(since) * 1000 || openTime === forming);
  const committed = latest.filter(({ openTime }) => openTime < forming).at(-1);
  const last = Math.floor((committed?.openTime ?? forming) / 1000);
  return { [key]: wanted.map((candle) => toRow(candle, listing.decimals)), last };
}

/** `[time, open, high, low, close, vwap, volume, count]`; what is money or an amount is a text. */
function toRow(candle: Kline, decimals: number): unknown[] {
  const price = (value: number): string => value.toFixed(decimals);
  const { open, high, low, close, volume, quoteVolume, trades } = candle;
  const average = volume === 0 ? 0 : quoteVolume / volume;
  return [
    candle.openTime / 1000,
    price(open),
    price(high),
    price(low),
    price(close),
    price(average),
    volume.toFixed(8),
    trades,
  ];
}
