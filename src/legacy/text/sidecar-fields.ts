/** Fields of old sidecars, which are hints: whatever is not of the kind expected is not there. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(document: unknown): Fields | undefined {
  return typeof document === 'object' && document !== null && !Array.isArray(document)
    ? (document as Fields)
    : undefined;
}

export function textOf(fields: Fields | undefined, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = fields?.[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** An ISO stamp, in whichever zone the old machine was: good for a day, not for an hour. */
export function dayOf(fields: Fields | undefined, ...names: readonly string[]): number | undefined {
  const text = textOf(fields, ...names);
  if (text === undefined) return undefined;
  const instant = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(instant) ? undefined : instant;
}

/** Who an old sidecar says the bars came from: `mock` in either place counts, because the tools wrote it in either. */
export function providerOf(fields: Fields | undefined): string | undefined {
  const named = textOf(fields, 'data_source', 'provider');
  const info = textOf(fieldsOf(fields?.provider_info), 'name');
  return [named, info].find((name) => name?.toLowerCase() === 'mock') ?? named ?? info;
}
