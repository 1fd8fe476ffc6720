import type { WireReply } from '../serve-http.js';
import { INTERVAL_NAMES, type Interval } from './intervals.js';

const CODES = { 400: 'Bad Request', 404: 'Not Found', 422: 'Unprocessable Entity' } as const;
const DAY_SECONDS = 86_400;

export const JSON_HEADERS = {
  'content-type': 'application/json;charset=utf-8',
  'cache-control': 'public, max-age=10, stale-while-revalidate=20',
  server: 'ATS',
  age: '0',
  'y-rid': 'sandbox000000',
} as const;

export function refuse(status: keyof typeof CODES, description: string): WireReply {
  const error = { code: CODES[status], description };
  return { status, headers: JSON_HEADERS, body: JSON.stringify({ chart: { result: null, error } }), note: description };
}

export function refuseSymbol(): WireReply {
  return refuse(404, 'No data found, symbol may be delisted');
}

export function refuseInterval(name: string): WireReply {
  return refuse(
    400,
    `Invalid input - interval=${name} is not supported. Valid intervals: [${INTERVAL_NAMES.join(', ')}]`,
  );
}

export function refuseDates(start: number, end: number): WireReply {
  return refuse(400, `Data doesn't exist for startDate = ${start}, endDate = ${end}`);
}

/** The edge in front of everything speaks plain text, and does not say when to come back. */
export function refuseForNow(): WireReply {
  const headers = { 'content-type': 'text/plain', server: 'ATS' };
  return { status: 429, headers, body: 'Edge: Too Many Requests', note: 'rate limit' };
}

/** What a window in seconds asks of an interval beyond what is kept of it; undefined when it may be served. */
export function refuseReach(interval: Interval, start: number, end: number, now: number): WireReply | undefined {
  const { name, reachDays, spanDays } = interval;
  const what = `${name} data not available for startTime=${start} and endTime=${end}.`;
  if (spanDays !== undefined && end - start > spanDays * DAY_SECONDS) {
    return refuse(
      422,
      `${what} Only ${spanDays} days worth of ${name} granularity data are allowed to be fetched per request.`,
    );
  }
  if (reachDays === undefined || start > now / 1000 - reachDays * DAY_SECONDS) return undefined;
  return refuse(422, `${what} The requested range must be within the last ${reachDays} days.`);
}
