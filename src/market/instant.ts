/** `2024-01-01T00:00:00Z`; milliseconds only where they are not zero. */
export function formatInstant(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}
