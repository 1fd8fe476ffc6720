import { isLoopback } from '../../market/loopback.js';

export interface Scope {
  /** The name its limits are kept by: a simulated provider's use must not count as the real one's. */
  readonly scope: string;
  /** Set when its bars are not the provider's own: the host they came from. */
  readonly origin: string | undefined;
}

/** One loopback host is enough for all its bars to be called simulated: better twice than once too few. */
export function scopeOf(id: string, hosts: readonly string[]): Scope {
  const simulated = hosts.map((host) => new URL(host)).find((url) => isLoopback(url.hostname));
  if (simulated === undefined) return { scope: id, origin: undefined };
  return { scope: `${id}-${simulated.host.replace(/[^A-Za-z0-9.]+/g, '-')}`, origin: simulated.hostname };
}
