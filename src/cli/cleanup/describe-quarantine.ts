import { formatBytes, formatCount } from '../terminal/format.js';

/** That something lies in quarantine, and what to type to see it; nothing where nothing does. */
export function describeQuarantine(
  { items, bytes }: { readonly items: number; readonly bytes: number },
  of = '',
): string[] {
  if (items === 0) return [];
  const what = `${formatCount(items)} ${items === 1 ? 'item' : 'items'}, ${formatBytes(bytes)}`;
  return [`quarantine holds ${what}${of} (almanac cache cleanup lists them)`];
}
