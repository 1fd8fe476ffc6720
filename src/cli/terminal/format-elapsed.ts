/** `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`, `3 days`: as a person says how long something took or will take. */
export function formatElapsed(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  if (whole < 7200) return pair(whole, 60, 'min', 's');
  const minutes = Math.round(whole / 60);
  if (minutes < 48 * 60) return pair(minutes, 60, 'h', 'min');
  return `${Math.round(minutes / 60 / 24)} days`;
}

function pair(value: number, base: number, large: string, small: string): string {
  const rest = value % base;
  return `${Math.floor(value / base)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}
