import type { Market } from '../../market/market.js';
import { adjustmentsFrom } from '../listing-events.js';
import type { WireAsk, WireReply } from '../serve-http.js';
import { warmBars } from '../warm-bars.js';
import { listEvents } from './chart-events.js';
import { readDailyRows } from './daily-rows.js';
import { findInterval } from './intervals.js';
import { readIntradayRows } from './intraday-rows.js';
import { describe } from './meta.js';
import type { Quirks } from './options.js';
import {
  JSON_HEADERS,
  refuse,
  refuseDates,
  refuseForNow,
  refuseInterval,
  refuseReach,
  refuseSymbol,
} from './refusals.js';
import type { Row } from './row.js';
import type { RowsQuery } from './rows-query.js';

const PATH = /^\/v8\/finance\/chart\/([^/]+)$/;
const DAY = 86_400_000;

/** The answer to one request, the limits apart. */
export async function answerChart(
  { url, headers }: WireAsk,
  market: Market,
  now: number,
  quirks: Quirks,
): Promise<WireReply> {
  if (headers['user-agent']?.startsWith('curl/')) return refuseForNow();
  const name = PATH.exec(url.pathname)?.[1];
  if (name === undefined)
    return { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>Not Found</html>' };
  const symbol = decode(name);
  const listing = market.listings.find(({ names }) => names.yahoo !== undefined && names.yahoo === symbol);
  const interval = findInterval(url.searchParams.get('interval') ?? '1d');
  if (interval === undefined) return refuseInterval(url.searchParams.get('interval') ?? '');
  if (listing === undefined || listing.listedFrom > now) return refuseSymbol();

  const end = Number(url.searchParams.get('period2') ?? Math.floor(now / 1000));
  const start = Number(url.searchParams.get('period1') ?? end - 86_400);
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end))
    return refuse(400, 'Invalid input - period1 and period2 must be integers');
  if (start > end) {
    return refuse(400, `Invalid input - start date cannot be after end date. startDate = ${start}, endDate = ${end}`);
  }
  const unreached = refuseReach(interval, start, end, now);
  if (unreached) return unreached;
  const { listedFrom, listedUntil = now } = listing;
  if (end * 1000 < listedFrom || start * 1000 > Math.min(now, listedUntil)) return refuseDates(start, end);

  const prePost = url.searchParams.get('includePrePost') === 'true';
  const window = { start: Math.max(start * 1000, listedFrom - DAY), end: end * 1000 };
  const query: RowsQuery = { market, listing, interval, ...window, now, prePost, quirks };
  await warmBars(market, listing, '1d', now - 370 * DAY, now);
  if (interval.intraday === undefined) await warmBars(market, listing, '1d', query.start - 100 * DAY, now);
  return showChart(query, (url.searchParams.get('events') ?? '').split(/[|,]/));
}

function showChart(query: RowsQuery, wanted: readonly string[]): WireReply {
  const { market, listing, now } = query;
  const { split } = adjustmentsFrom(market, listing, listing.listedFrom - DAY, now);
  const daily = query.interval.intraday === undefined;
  const rows = daily ? readDailyRows(query) : readIntradayRows(query);
  const events = listEvents(query, wanted, split);
  const result = {
    meta: describe(query, split),
    ...(rows.length > 0 && { timestamp: rows.map(({ stamp }) => stamp / 1000) }),
    ...(events && { events }),
    indicators: {
      quote: [rows.length > 0 ? showQuote(rows) : {}],
      ...(daily && { adjclose: [rows.length > 0 ? { adjclose: rows.map(({ adjusted }) => float(adjusted)) } : {}] }),
    },
  };
  return { status: 200, headers: JSON_HEADERS, body: JSON.stringify({ chart: { result: [result], error: null } }) };
}

function showQuote(rows: readonly Row[]) {
  return {
    open: rows.map(({ bar }) => float(bar?.open)),
    high: rows.map(({ bar }) => float(bar?.high)),
    low: rows.map(({ bar }) => float(bar?.low)),
    close: rows.map(({ bar }) => float(bar?.close)),
    volume: rows.map(({ bar }) => (bar ? Math.round(bar.volume) : null)),
  };
}

/** Their numbers are single floats written out in full. */
function float(value: number | undefined): number | null {
  return value === undefined ? null : Math.fround(value);
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
