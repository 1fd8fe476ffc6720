import { fromZonedTime } from 'date-fns-tz/fromZonedTime';
import type { Declaration } from './schema.js';

const TO_MS: Readonly<Record<string, number>> = { s: 1000, ms: 1, us: 1 / 1000, ns: 1 / 1_000_000 };
const TEXT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/;

/** A cell as an instant in milliseconds; undefined where it is none by the file's own word. */
export function readTime(cell: unknown, { unit, zone = 'UTC' }: Declaration['time']): number | undefined {
  if (unit === 'iso') return typeof cell === 'string' ? readText(cell, zone) : undefined;
  const number = typeof cell === 'string' && /^\d{1,19}$/.test(cell) ? Number(cell) : cell;
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0) return undefined;
  const instant = Math.floor(number * (TO_MS[unit] as number));
  return instant <= 8.64e15 ? instant : undefined;
}

/** A date alone is a session's, which is stored at 00:00 UTC; a time without an offset is the zone's. */
function readText(text: string, zone: string): number | undefined {
  const [, date, time, offset] = TEXT.exec(text) ?? [];
  if (date === undefined) return undefined;
  const instant =
    time === undefined
      ? Date.parse(`${date}T00:00:00Z`)
      : offset === undefined
        ? fromZonedTime(`${date}T${time}`, zone).getTime()
        : Date.parse(`${date}T${time}${offset}`);
  return Number.isNaN(instant) ? undefined : instant;
}
