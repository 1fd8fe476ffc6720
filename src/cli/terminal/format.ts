/** Thousands set apart: `525,600`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Decimal units, as disks and `ls -h --si` count. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

/** `2024-01-31 05:30`, or the day alone at midnight. */
export function formatMoment(instant: number): string {
  const text = new Date(instant).toISOString();
  return text.slice(11, 23) === '00:00:00.000' ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 16)}`;
}

/** `100 %` is all of it and nothing less. */
export function formatShare(share: number | undefined): string {
  if (share === undefined) return '';
  return share === 1 ? '100 %' : `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
}
