import { formatCount } from '../terminal/format.js';

/** `1 file`, `1,234 files`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${formatCount(number)} ${number === 1 ? one : many}`;
}
