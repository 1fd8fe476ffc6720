import { namePlugin } from './plugin-facts.js';
import type { LoadFailure, RegisteredProvider } from './registered.js';

/**
 * An id that is offered twice is nobody's: which code answered would depend on which loaded first. What ships with
 * Almanac keeps its ids: nobody who installs something shall find that `binance` is now somebody else.
 */
export function refuseDuplicates(offered: readonly RegisteredProvider[]): {
  readonly providers: RegisteredProvider[];
  readonly failures: LoadFailure[];
} {
  const byId = new Map<string, RegisteredProvider[]>();
  for (const each of offered) byId.set(each.provider.id, [...(byId.get(each.provider.id) ?? []), each]);
  const providers: RegisteredProvider[] = [];
  const failures: LoadFailure[] = [];
  for (const [id, claims] of byId) {
    const [first, second] = claims as [RegisteredProvider, RegisteredProvider?];
    if (second === undefined) {
      providers.push(first);
      continue;
    }
    const shipped = claims.filter(({ plugin }) => plugin.type === 'core');
    if (shipped.length === 1) {
      providers.push(...shipped);
      const others = claims.filter((claim) => !shipped.includes(claim));
      const reason = `its provider ${id} is not used: Almanac ships one of that name`;
      failures.push(...others.map(({ plugin }) => ({ plugin, provider: id, reason })));
      continue;
    }
    const names = [...new Set(claims.map(({ plugin }) => namePlugin(plugin)))].sort();
    const reason =
      names.length === 1
        ? `it offers provider ${id} ${claims.length} times; none is used`
        : `provider ${id} is offered by ${names.join(' and by ')}; none is used`;
    const blamed = claims.find(({ plugin }) => plugin.type !== 'core') ?? first;
    failures.push({ plugin: blamed.plugin, provider: id, reason });
  }
  return { providers, failures };
}
