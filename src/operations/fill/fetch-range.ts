import { type Bars, concatBars, firstUnordered, selectColumns } from '../../market/bars.js';
import type { Range } from '../../market/range.js';
import { fetchBars } from '../../sources/fetch-bars.js';
import type { Host } from '../../sources/host/create-host.js';
import type { Choice } from '../../sources/route.js';

export const PRICE_COLUMNS = ['open', 'high', 'low', 'close'] as const;

export interface Fetch {
  readonly host: Host;
  readonly choice: Choice;
  readonly sessions: boolean;
  readonly columns: readonly string[];
}

/** Bars of a range as they come, admitted, with these columns. */
export async function* streamRange({ host, choice, sessions, columns }: Fetch, range: Range): AsyncGenerator<Bars> {
  const { instrument, timeframe } = choice;
  const request = { instrument, timeframe: timeframe.timeframe, start: range.start, end: range.end };
  for await (const bars of fetchBars(host, request, { sessions })) yield selectColumns(bars, columns);
}

/** All of them at once. */
export async function fetchRange(fetch: Fetch, range: Range): Promise<Bars> {
  const parts: Bars[] = [];
  if (range.start < range.end) for await (const bars of streamRange(fetch, range)) parts.push(bars);
  return joinBatches(parts, fetch.columns);
}

/** Ascending whatever order they came in, each time once: pages may share a row. */
export function joinBatches(parts: readonly Bars[], columns: readonly string[]): Bars {
  const bars = concatBars(parts, columns);
  if (firstUnordered(bars.time) < 0) return bars;
  const order = [...bars.time.keys()].sort((a, b) => (bars.time[a] as number) - (bars.time[b] as number));
  const rows = order.filter((row, i) => i === 0 || bars.time[row] !== bars.time[order[i - 1] as number]);
  const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row] as number);
  return { time: pick(bars.time), columns: bars.columns, values: bars.values.map(pick) };
}
