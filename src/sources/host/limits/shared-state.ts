/**
 * What every process on this machine must agree on: how much of a window is used, until when a ban holds. The host
 * has no files of its own; the store lends it some.
 */
export interface SharedState {
  /** Reads, changes and writes back under a lock held against every other process; an undefined `next` writes nothing. */
  update<T>(name: string, change: (current: unknown) => { readonly next?: unknown; readonly result: T }): Promise<T>;
}

/** The same for one process alone: for tests, and where the cache cannot be written. */
export function createMemoryState(): SharedState {
  const kept = new Map<string, unknown>();
  return {
    async update(name, change) {
      const { next, result } = change(kept.get(name));
      if (next !== undefined) kept.set(name, structuredClone(next));
      return result;
    },
  };
}
