import type { Market, Step } from '../../market/market.js';
import { lengthOf } from '../../market/steps.js';
import { listCandles } from '../listed-candles.js';
import { Refusal } from './refusal.js';

const STEPS: Readonly<Record<string, Step>> = {
  '60': '1m',
  '300': '5m',
  '900': '15m',
  '3600': '1h',
  '21600': '6h',
  '86400': '1d',
};
const MOST = 300;
const PRODUCTS = ['BTC-USD', 'ETH-USD', 'SOL-USD'];

/** Newest first; both bounds belong to the range, and where one of them is missing both are passed over. */
export function answerCandles(product: string, params: URLSearchParams, market: Market, now: number): unknown {
  const listing = PRODUCTS.includes(product) ? market.find(product) : undefined;
  if (listing === undefined) throw new Refusal(404, 'NotFound');
  const step = STEPS[params.get('granularity') ?? '60'];
  if (step === undefined) throw new Refusal(400, 'Unsupported granularity');
  const length = lengthOf(step) as number;
  const given = [params.get('start'), params.get('end')].map((text) => (text === null ? undefined : readInstant(text)));
  const complete = given.every((each) => each !== undefined);
  const forming = Math.floor(now / length) * length;
  const start = complete ? (given[0] as number) : forming - (MOST - 1) * length;
  const end = complete ? (given[1] as number) : now;
  if (start > end) throw new Refusal(400, 'start must be before end');
  if ((end - start) / length > MOST) {
    throw new Refusal(
      400,
      `granularity too small for the requested time range. Count of aggregations requested exceeds ${MOST}`,
    );
  }
  const candles = listCandles({ market, listing, step, start, end: end + 1, now });
  return candles
    .map(({ openTime, low, high, open, close, volume }) => [openTime / 1000, low, high, open, close, volume])
    .reverse();
}

/** ISO 8601 or seconds. */
function readInstant(text: string): number {
  const instant = /^\d{1,11}$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (Number.isNaN(instant)) throw new Refusal(400, 'invalid start or end');
  return instant;
}
