import { formatInstant } from '../../market/instant.js';
import { DAY, parseTimeframe, type Timeframe } from '../../market/timeframe.js';
import { parseStart } from '../input/date-range.js';
import type { Demand } from '../input/demand.js';

/** An entry of the watch list as the settings file has it. */
export interface WatchEntry {
  readonly symbols: readonly string[];
  readonly intervals: readonly string[];
  readonly since?: string | undefined;
}

/** The list with what it does not hold yet, in as few entries as that takes; what is there already stays as it is. */
export function mergeWatch(watch: readonly WatchEntry[], demands: readonly Demand[]): WatchEntry[] {
  const merged = [...watch];
  for (const { symbols, timeframes, start } of demands) {
    for (const symbol of symbols) {
      const lacking = timeframes.filter(
        (timeframe) => !merged.some((entry) => holds(entry, symbol, timeframe) && !beginsAfter(entry, start)),
      );
      if (lacking.length > 0) add(merged, symbol, lacking, start);
    }
  }
  return merged;
}

function add(merged: WatchEntry[], symbol: string, lacking: readonly Timeframe[], start: number | undefined): void {
  const alike = merged.findIndex((entry) => startOf(entry) === start && sameIntervals(entry.intervals, lacking));
  const own = merged.findIndex(
    (entry) => startOf(entry) === start && entry.symbols.length === 1 && entry.symbols[0] === symbol,
  );
  if (alike >= 0) {
    const entry = merged[alike] as WatchEntry;
    merged[alike] = { ...entry, symbols: [...entry.symbols, symbol] };
  } else if (own >= 0) {
    const entry = merged[own] as WatchEntry;
    merged[own] = { ...entry, intervals: [...entry.intervals, ...lacking] };
  } else
    merged.push({
      symbols: [symbol],
      intervals: lacking,
      ...(start === undefined ? {} : { since: writeStart(start) }),
    });
}

function holds({ symbols, intervals }: WatchEntry, symbol: string, timeframe: Timeframe): boolean {
  return symbols.includes(symbol) && intervals.some((text) => parseTimeframe(text) === timeframe);
}

/** An entry without a beginning goes as far back as there is. */
function beginsAfter(entry: WatchEntry, start: number | undefined): boolean {
  const since = startOf(entry);
  return since !== undefined && (start === undefined || since > start);
}

function startOf({ since }: WatchEntry): number | undefined {
  return since === undefined ? undefined : parseStart(since);
}

function sameIntervals(texts: readonly string[], timeframes: readonly Timeframe[]): boolean {
  const known = new Set(texts.map(parseTimeframe));
  return known.size === timeframes.length && timeframes.every((timeframe) => known.has(timeframe));
}

function writeStart(start: number): string {
  return start % DAY === 0 ? formatInstant(start).slice(0, 10) : formatInstant(start);
}
