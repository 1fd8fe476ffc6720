import { AlmanacError } from '../../market/almanac-error.js';
import { DAY } from '../../market/timeframe.js';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:?\d{2})?$/;
const EXAMPLE = 'write a day, 2024-01-31, or an instant, 2024-01-31T12:00:00Z';

export interface DateFlags {
  readonly 'start-date'?: string | undefined;
  readonly 'end-date'?: string | undefined;
}

/** `--start-date` and `--end-date` as a half-open range; a side that was not given is absent. All times are UTC. */
export function readDateRange(flags: DateFlags): { start?: number; end?: number } {
  const start = flags['start-date'] === undefined ? undefined : readStart(flags['start-date']);
  const end = flags['end-date'] === undefined ? undefined : readEnd(flags['end-date']);
  if (start !== undefined && end !== undefined && start >= end) {
    throw new AlmanacError(
      'DATE_INVALID',
      `--start-date ${flags['start-date']} is not before --end-date ${flags['end-date']}`,
    );
  }
  return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
}

export function readStart(text: string): number {
  return readDay(text) ?? readInstant(text, '--start-date');
}

/** A day or an instant, as files name a beginning; undefined where it is neither. */
export function parseStart(text: string): number | undefined {
  return readDay(text) ?? parseInstant(text);
}

/** A day means through the end of that day; an instant is exclusive. */
export function readEnd(text: string): number {
  const day = readDay(text);
  return day === undefined ? readInstant(text, '--end-date') : day + DAY;
}

function readDay(text: string): number | undefined {
  if (!DATE.test(text)) return undefined;
  const day = Date.parse(`${text}T00:00:00Z`);
  // Date.parse rolls 30 February over into March; what comes back must be what went in.
  return Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== text ? undefined : day;
}

/** An instant with its zone, or in UTC without; undefined where it is none. */
export function parseInstant(text: string): number | undefined {
  const match = INSTANT.exec(text);
  if (match === null || readDay(match[1] as string) === undefined) return undefined;
  const zone = (match[3] ?? 'Z').replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const instant = Date.parse(`${match[1]}T${match[2]}${zone}`);
  return Number.isNaN(instant) ? undefined : instant;
}

function readInstant(text: string, flag: string): number {
  const instant = parseInstant(text);
  if (instant !== undefined) return instant;
  throw new AlmanacError('DATE_INVALID', `${flag} ${JSON.stringify(text)} is not a date; ${EXAMPLE}`);
}
