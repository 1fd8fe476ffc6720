const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** `60 days`, `a minute`, `250 ms`: in the largest unit that keeps it a whole number. */
export function formatDuration(ms: number): string {
  const unit = UNITS.find(([, length]) => ms >= length && ms % length === 0);
  if (unit === undefined) return `${Math.round(ms)} ms`;
  const count = ms / unit[1];
  if (count === 1) return `${unit[0] === 'hour' ? 'an' : 'a'} ${unit[0]}`;
  return `${String(count).replace(/\B(?=(\d{3})+$)/g, ',')} ${unit[0]}s`;
}
