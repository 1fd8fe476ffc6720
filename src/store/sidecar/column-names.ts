/** What a year-file's header can hold, `timestamp` not counted; the sidecar's schema and every writer go by it. */
export const COLUMN_NAME = /^[A-Za-z0-9_]{1,64}$/;
export const MOST_COLUMNS = 63;

/** What is wrong with these names of value columns, in words; undefined where a sidecar can hold them. */
export function faultOfColumns(names: readonly string[]): string | undefined {
  const odd = names.find((name) => !COLUMN_NAME.test(name) || name === 'timestamp');
  if (odd !== undefined) return `a column cannot be called ${JSON.stringify(odd)}`;
  if (new Set(names).size !== names.length) return 'a column is named twice';
  if (names.length > MOST_COLUMNS) return `it has ${names.length} columns, and ${MOST_COLUMNS} is the most`;
  return undefined;
}
