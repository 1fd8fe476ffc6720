import { namePlugin } from './plugin-facts.js';
import type { LoadFailure, RegisteredProvider } from './registered.js';

/** An id that is offered twice is nobody's: which code answered would depend on which loaded first. */
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
