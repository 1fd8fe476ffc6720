import { setImmediate } from 'node:timers/promises';
import type { Listing, Market, Step } from '../market/market.js';

const SLICE = 32 * 86_400_000;
const PATIENCE = 30;

/**
 * Has the market make long histories piece by piece, so that one request for decades does not keep the other servers
 * waiting; what is read afterwards comes from the market's cache.
 */
export async function warmBars(
  market: Market,
  listing: Listing,
  step: Step,
  start: number,
  end: number,
): Promise<void> {
  let since = performance.now();
  for (let at = Math.max(start, listing.listedFrom); at < end; at += SLICE) {
    market.bars(listing, step, at, Math.min(at + SLICE, end));
    if (performance.now() - since < PATIENCE) continue;
    await setImmediate();
    since = performance.now();
  }
}
