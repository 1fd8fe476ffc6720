import { z } from 'zod';

const PUBLIC_URL = 'https://api.coingecko.com';
const PRO_URL = 'https://pro-api.coingecko.com';

export type Plan = 'none' | 'demo' | 'pro';

/** It becomes a part of a path, and a path's `..` would lead elsewhere even when it is encoded. */
const coinId = z.string().regex(/^(?!\.{1,2}$)[^\s/\\?#\p{C}]{1,200}$/u, 'must be the id of a coin, such as bitcoin');

export const options = z.object({
  url: z
    .url({ protocol: /^https?$/, error: 'must be a http or https URL' })
    .refine((text) => !/[?#]/.test(text), 'must be a root, without ? or #')
    .default(PUBLIC_URL),
  plan: z.enum(['none', 'demo', 'pro']).default('none'),
  apiKey: z.string().min(1).optional(),
  /** Which coin a ticker means, where several have it: `{"GOLD": "pax-gold"}`. */
  coins: z.record(z.string(), coinId).default({}),
});

export type Options = z.output<typeof options>;

/** Without a slash at the end. Pro has a host of its own, unless somebody chose another for everything. */
export function rootOf({ url, plan }: Options): string {
  const root = url.replace(/\/+$/, '');
  return plan === 'pro' && root === PUBLIC_URL ? PRO_URL : root;
}

export function urlOf(options: Options, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(`${rootOf(options)}/api/v3${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

/** In a header, never in the query: URLs are shown in logs. A key without a plan is taken for a demo key. */
export function keyHeader({ plan, apiKey }: Options): Readonly<Record<string, string>> {
  if (apiKey === undefined) return {};
  return plan === 'pro' ? { 'x-cg-pro-api-key': apiKey } : { 'x-cg-demo-api-key': apiKey };
}

/** The plan that really applies: a demo plan without its key is no plan, and a key without a plan is demo. */
export function planOf({ plan, apiKey }: Options): Plan {
  if (plan === 'pro') return 'pro';
  return apiKey === undefined ? 'none' : 'demo';
}

/** The list of all coins has 2 MB; whatever is far larger is no answer. */
export const LARGEST_REPLY = 8 * 2 ** 20;
