import { formatInstant } from '../market/instant.js';
import type { BarRequest } from '../provider/index.js';
import type { Run, SeenRow } from './run.js';

/** A row as evidence. */
export function showRow({ time, cells }: SeenRow): string {
  return `row ${time} (${showTime(time)}) ${JSON.stringify(cells)}`;
}

export function showRequest({ instrument, timeframe, start, end }: BarRequest): string {
  return `asked for ${instrument.symbol} ${timeframe} in [${showTime(start)}, ${showTime(end)})`;
}

/** The last few requests that went out: most often it is they that were wrong. */
export function showSent({ requests }: Run, most = 3): string[] {
  return requests.slice(-most).map(({ url }) => `sent GET ${url.href}`);
}

export function showError(error: unknown): string {
  if (!(error instanceof Error)) return `threw ${String(error)}`;
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  return `threw ${error.name}${code}: ${error.message}`;
}

export function showOutcome(run: Run): string {
  if (run.outcome === 'threw') return showError(run.thrown);
  return run.outcome === 'endless' ? 'neither ended nor threw' : `ended with ${run.rows.length} rows`;
}

export function showTime(instant: number): string {
  return Number.isFinite(instant) && Math.abs(instant) < 8.64e15 ? formatInstant(instant) : String(instant);
}
