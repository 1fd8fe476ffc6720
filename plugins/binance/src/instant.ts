/**
 * Times come in milliseconds, or in microseconds (the spot archive since 2025, the API when asked to). The two are
 * told apart by size, row by row: from 2001 to 2286 they cannot be mistaken for one another. Anything else is no
 * time of Binance's: NaN.
 */
export function readInstant(time: number): number {
  if (time >= 1e12 && time < 1e13) return time;
  if (time >= 1e15 && time < 1e16) return Math.floor(time / 1000);
  return Number.NaN;
}
