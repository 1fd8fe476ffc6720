import type { Origin, OriginedValue } from './settings.js';

/** Every value of a nested object with its path; a list is one value, replaced whole. */
export function flattenValues(tree: object, origin: Origin, at: readonly string[] = []): OriginedValue[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const path = [...at, key];
    if (value === undefined) return [];
    const branch =
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
    return branch ? flattenValues(value, origin, path) : [{ path, value, origin }];
  });
}

/** Later layers win, value by value. */
export function mergeLayers(layers: readonly (readonly OriginedValue[])[]): OriginedValue[] {
  const merged = new Map<string, OriginedValue>();
  for (const value of layers.flat()) {
    const key = JSON.stringify(value.path);
    const empty = typeof value.value === 'object' && value.value !== null && Object.keys(value.value).length === 0;
    // `{}` above something says nothing about what is inside; below something it is only a placeholder.
    if (empty && !Array.isArray(value.value) && hasInside(merged, value.path)) continue;
    for (let depth = 1; depth < value.path.length; depth++) merged.delete(JSON.stringify(value.path.slice(0, depth)));
    merged.set(key, value);
  }
  return [...merged.values()];
}

function hasInside(merged: ReadonlyMap<string, OriginedValue>, path: readonly string[]): boolean {
  return [...merged.values()].some((each) => path.every((step, i) => each.path[i] === step));
}

/** The nested object the values describe. */
export function buildTree(values: readonly OriginedValue[]): Record<string, unknown> {
  const tree: Record<string, unknown> = {};
  for (const { path, value } of values) {
    let branch = tree;
    for (const step of path.slice(0, -1)) {
      if (!Object.hasOwn(branch, step)) Object.defineProperty(branch, step, own({}));
      branch = branch[step] as Record<string, unknown>;
    }
    Object.defineProperty(branch, path.at(-1) as string, own(value));
  }
  return tree;
}

/** Defined, not assigned: a key named `__proto__` in somebody's file stays a key. */
function own(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}
