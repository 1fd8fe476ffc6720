import { hasCode } from '../market/almanac-error.js';
import type { Limit } from '../settings/settings.js';
import { createHost } from '../sources/host/create-host.js';
import type { CheckOptions } from './lab.js';

/** Whoever cannot be reached cannot be judged: thirty rules would all say the same. */
const OUT_OF_OUR_HANDS = ['UNAVAILABLE', 'BLOCKED', 'AUTH', 'THROTTLED', 'QUOTA'];
const HASTE = { attempts: 2, headMs: 8000, totalMs: 12_000 };

/** Throws what keeps a provider from answering at all, where that is nothing to do with its code. */
export async function assertReachable(
  { provider, options = {}, now = Date.now }: CheckOptions,
  more: { readonly limit?: Limit | undefined; readonly signal?: AbortSignal } = {},
): Promise<void> {
  // Options that fail are for the rules to tell of.
  const host = await createHost(provider, { options, now, ...more, patience: HASTE }).catch(() => undefined);
  try {
    if (host !== undefined) await provider.probe?.(host.context);
  } catch (error) {
    if (OUT_OF_OUR_HANDS.some((code) => hasCode(error, code))) throw error;
  } finally {
    await host?.close();
  }
}
