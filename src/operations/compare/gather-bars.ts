import { type Bars, concatBars, emptyBars } from '../../market/bars.js';
import { type Expectation, expectedCount } from '../../market/expected.js';
import { intersect, type Range, subtractRanges } from '../../market/range.js';
import type { Host } from '../../sources/host/create-host.js';
import type { Choice } from '../../sources/route.js';
import type { Series } from '../../store/face.js';
import { fetchRange } from '../fill/fetch-range.js';
import { reachOf } from '../fill/reach-of.js';

const COLUMNS = ['close', 'volume'] as const;

/** Bars of one provider: what the cache has of its rows, and the rest asked of it. Nothing is stored. */
export interface Gathered {
  readonly provider: string;
  readonly bars: Bars;
  readonly cached: number;
  readonly fetched: number;
  readonly requests: number;
  /** The first instant it has, where that is later than what was asked. */
  readonly reach: number | undefined;
}

export interface GatherTools {
  readonly series: Series;
  /** Where the cache's rows are this provider's. */
  readonly own: readonly Range[];
  readonly host: (provider: string) => Promise<Host>;
  readonly expectation: Expectation;
  readonly now: number;
}

export async function gatherBars(choice: Choice, range: Range, tools: GatherTools): Promise<Gathered> {
  const { series, own, expectation, now } = tools;
  const { provider } = choice;
  const held: Bars[] = [];
  for (const part of own.flatMap((each) => intersect(each, range) ?? [])) {
    held.push(await series.read({ ...part, columns: COLUMNS, onDamage: () => undefined }));
  }
  const cached = held.reduce((sum, { time }) => sum + time.length, 0);
  const reach = reachOf(choice, now);
  const within = { start: Math.max(range.start, reach), end: range.end };
  const rest = within.start < within.end ? subtractRanges(within, own) : [];
  const open = rest.filter((part) => expectedCount(expectation, part) !== 0);
  let requests = 0;
  if (open.length > 0) {
    const host = await tools.host(provider);
    const { context, traffic } = host.metered();
    const sessions = expectation.calendar.rhythm !== 'always';
    const fetch = { host: { ...host, context }, choice, sessions, columns: COLUMNS };
    for (const part of open) held.push(await fetchRange(fetch, part));
    requests = traffic.requests;
  }
  const parts = held
    .filter(({ time }) => time.length > 0)
    .sort((a, b) => (a.time[0] as number) - (b.time[0] as number));
  const bars = parts.length === 0 ? emptyBars(COLUMNS) : concatBars(parts, COLUMNS);
  const fetched = bars.time.length - cached;
  return { provider, bars, cached, fetched, requests, reach: reach > range.start ? reach : undefined };
}
