import type { WireAsk } from '../serve-http.js';
import type { Plan } from './options.js';
import { keyMissing, wrongHost } from './refusals.js';

type Host = 'public' | 'pro' | 'both';

/** Which plan a request is on. Keys of both kinds look alike in life; here a pro key begins with `CG-pro`. */
export function readPlan({ url, headers }: WireAsk, host: Host, now: number): Plan {
  const pick = (kind: Plan): string | undefined =>
    String(headers[`x-cg-${kind}-api-key`] ?? url.searchParams.get(`x_cg_${kind}_api_key`) ?? '') || undefined;
  const pro = pick('pro');
  const demo = pick('demo');
  if (host === 'public' && pro !== undefined) throw wrongHost(now, 10010);
  const key = pro ?? demo;
  if (key === undefined) {
    if (host === 'pro') throw keyMissing(now);
    return 'none';
  }
  if (!/^CG-\w{3,}/.test(key)) throw keyMissing(now);
  const isPro = key.startsWith('CG-pro');
  if (pro !== undefined && !isPro) throw wrongHost(now, 10011);
  if (pro === undefined && isPro) throw wrongHost(now, 10010);
  if (host === 'pro' && !isPro) throw wrongHost(now, 10011);
  return isPro ? 'pro' : 'demo';
}
