import { warmBars } from '../warm-bars.js';
import { STEPS } from './candle-window.js';
import { nameOf } from './listings.js';
import type { Message } from './message.js';
import type { DerivParts } from './options.js';
import { COUNT_CAP } from './options.js';

const HOUR_SECONDS = 3600;

/** Work to be done before a request for years of hours or days is answered; undefined for all others. */
export function warmHistory(request: Message, { market, now }: DerivParts): Promise<void> | undefined {
  const granularity = Number(request.granularity);
  const step = STEPS[granularity];
  const listing = market.listings.find((one) => nameOf(one) !== undefined && nameOf(one) === request.ticks_history);
  if (listing === undefined || step === undefined || granularity < HOUR_SECONDS) return undefined;
  const end = Math.min(request.end === 'latest' ? now() : Number(request.end) * 1000, now());
  const count = Math.min(Number(request.count ?? COUNT_CAP), COUNT_CAP);
  const start = Math.max(Number(request.start ?? 0) * 1000, end - count * granularity * 2000);
  return Number.isFinite(start) && Number.isFinite(end) ? warmBars(market, listing, step, start, end) : undefined;
}
