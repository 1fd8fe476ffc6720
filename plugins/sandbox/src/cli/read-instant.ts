/** A day or an instant, UTC unless it says otherwise; `2025-02-30` is refused rather than rolled over. */
export function readInstant(text: string): number {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(text);
  const day = Date.parse(`${match?.[1]}T00:00:00Z`);
  const real = match !== null && !Number.isNaN(day) && new Date(day).toISOString().startsWith(match[1] as string);
  const instant = real ? Date.parse(`${match[1]}T${match[2] ?? '00:00'}${match[3] ?? 'Z'}`) : Number.NaN;
  if (Number.isNaN(instant)) throw new Error(`--now ${text} is not a moment; write 2025-01-02T00:00:00Z`);
  return instant;
}
