/** Basic columns first, extras by name: the same columns in one order, whoever came first. */
export function unionColumns(before: readonly string[] | undefined, incoming: readonly string[]): string[] {
  const all = new Set([...(before ?? []), ...incoming]);
  const basic = ['open', 'high', 'low', 'close', 'volume', 'price', 'size'].filter((name) => all.has(name));
  return [...basic, ...[...all].filter((name) => !basic.includes(name)).sort()];
}
