import type { Market, Step } from '../../market/market.js';
import { lengthOf } from '../../market/steps.js';
import { type CandleQuestion, listCandles } from '../listed-candles.js';
import { Refusal } from './refusal.js';

const STEPS: Readonly<Record<string, Step>> = {
  '60': '1m',
  '180': '3m',
  '300': '5m',
  '900': '15m',
  '1800': '30m',
  '3600': '1h',
  '7200': '2h',
  '14400': '4h',
  '21600': '6h',
  '43200': '12h',
  '86400': '1d',
  '259200': '3d',
};
const MOST = 1000;
const PAIRS: Readonly<Record<string, { readonly name: string; readonly symbol: string }>> = {
  btcusd: { name: 'BTC/USD', symbol: 'BTC-USD' },
  ethusd: { name: 'ETH/USD', symbol: 'ETH-USD' },
  solusd: { name: 'SOL/USD', symbol: 'SOL-USD' },
};

/** From `start` the first so many, up to `end` the last so many, else the latest: both belong to the range. */
export function answerOhlc(pair: string, params: URLSearchParams, market: Market, now: number): unknown {
  const known = Object.hasOwn(PAIRS, pair) ? PAIRS[pair] : undefined;
  const listing = known === undefined ? undefined : market.find(known.symbol);
  if (known === undefined || listing === undefined) throw new Refusal(404, '404.001', 'Currency pair not found.');
  const step = STEPS[params.get('step') ?? ''];
  const limit = readWhole(params, 'limit');
  if (step === undefined || limit === undefined || limit < 1 || limit > MOST)
    throw new Refusal(400, '400.001', 'Unknown validation error.');
  const [start, end] = [readWhole(params, 'start'), readWhole(params, 'end')];
  const length = lengthOf(step) as number;
  const question: CandleQuestion = {
    market,
    listing,
    step,
    start: start === undefined ? (end === undefined ? now : end * 1000) - limit * length : start * 1000,
    end: end === undefined ? (start === undefined ? now : start * 1000 + limit * length - 1) + 1 : end * 1000 + 1,
    now,
  };
  const candles = listCandles(question);
  const done = params.get('exclude_current_candle') === 'true';
  const shown = candles.filter(({ openTime }) => !done || openTime + length <= now);
  const rows = start === undefined ? shown.slice(-limit) : shown.slice(0, limit);
  const text = (value: number): string => value.toFixed(listing.decimals);
  const ohlc = rows.map(({ openTime, open, high, low, close, volume }) => ({
    timestamp: String(openTime / 1000),
    open: text(open),
    high: text(high),
    low: text(low),
    close: text(close),
    volume: volume.toFixed(8),
  }));
  return { data: { pair: known.name, ohlc } };
}

function readWhole(params: URLSearchParams, name: string): number | undefined {
  const text = params.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,11}$/.test(text)) throw new Refusal(400, '400.001', 'Unknown validation error.');
  return Number(text);
}
