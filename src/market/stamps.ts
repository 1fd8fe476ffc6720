import { fromZonedTime } from 'date-fns-tz/fromZonedTime';

export const STAMP_FORMATS = ['auto', 's', 'ms', 'us', 'iso'] as const;
export type StampFormat = (typeof STAMP_FORMATS)[number];

export interface StampOptions {
  readonly format: StampFormat;
  /** For stamps that do not say their zone. */
  readonly zone: string;
  /** Daily bars of an exchange carry the session's date: a local midnight is that date, wherever it is. */
  readonly sessionDates: boolean;
}

export interface StampReader {
  /** Milliseconds UTC, or undefined where the text is no time stamp. */
  read(text: string): number | undefined;
  /** The same for wall time that is a number already, written as if it were UTC. */
  place(wall: number): number;
  /** Whether any stamp left its zone to be assumed. */
  readonly sawNaive: boolean;
}

const EPOCH = /^-?\d+(\.\d+)?$/;
const COMPACT = /^(1[89]|20|21)(\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/;
const WRITTEN =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?$/i;
const HOUR = 3_600_000;

export function createStampReader({ format, zone, sessionDates }: StampOptions): StampReader {
  const offsets = new Map<number, number>();
  let sawNaive = false;

  /** Zones are dear to ask and change only on the hour, so each local hour is asked once. */
  const toUtc = (local: number): number => {
    if (zone === 'UTC') return local;
    const hour = Math.floor(local / HOUR) * HOUR;
    let offset = offsets.get(hour);
    if (offset === undefined) {
      offset = fromZonedTime(new Date(hour).toISOString().slice(0, 19), zone).getTime() - hour;
      offsets.set(hour, offset);
    }
    return local + offset;
  };

  const place = (local: number): number => {
    if (sessionDates && local % (24 * HOUR) === 0) return local;
    sawNaive = true;
    return toUtc(local);
  };

  const readWritten = (text: string): number | undefined => {
    const parts = WRITTEN.exec(text) ?? splitCompact(text);
    if (parts === undefined) return undefined;
    const local = localTime(parts);
    if (local === undefined) return undefined;
    const stated = parts[8];
    const isDate = sessionDates && local % (24 * HOUR) === 0;
    return stated === undefined || isDate ? place(local) : local - offsetOf(stated);
  };

  return {
    read(text) {
      if (format === 'iso') return readWritten(text);
      if (format !== 'auto') return EPOCH.test(text) ? epoch(text, format) : undefined;
      return EPOCH.test(text) && !COMPACT.test(text) ? epoch(text, unitOf(text)) : readWritten(text);
    },
    place,
    get sawNaive() {
      return sawNaive;
    },
  };
}

/** `20240131` or `20240131093000`, in the parts of WRITTEN. */
function splitCompact(text: string): readonly (string | undefined)[] | undefined {
  const match = COMPACT.exec(text);
  return match === null ? undefined : [text, `${match[1]}${match[2]}`, ...match.slice(3)];
}

/** By magnitude: today has 10 digits in seconds, 13 in ms, 16 in µs and 19 in ns. */
function unitOf(text: string): 's' | 'ms' | 'us' | 'ns' {
  const digits = text.replace(/^-/, '').replace(/\..*/, '').length;
  if (digits <= 11) return 's';
  if (digits <= 14) return 'ms';
  return digits <= 17 ? 'us' : 'ns';
}

function epoch(text: string, unit: 's' | 'ms' | 'us' | 'ns'): number | undefined {
  // Nineteen digits do not fit a double: the finer ones are cut from the text.
  const cut = { s: 0, ms: 0, us: 3, ns: 6 }[unit];
  const whole = cut === 0 ? text : text.replace(/\..*/, '').slice(0, -cut);
  const value = Math.round(Number(whole || '0') * (unit === 's' ? 1000 : 1));
  return Math.abs(value) <= 8.64e15 ? value : undefined;
}

function localTime(parts: readonly (string | undefined)[]): number | undefined {
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const fraction = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3));
  const instant = Date.UTC(year, month - 1, day, hour, minute, second, fraction);
  const date = new Date(instant);
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCFullYear() === year;
  return real ? instant : undefined;
}

function offsetOf(text: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(text);
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60_000;
}
