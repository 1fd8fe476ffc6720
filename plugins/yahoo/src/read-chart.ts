import type { Context } from 'almanac/provider';
import { type Chart, chartSchema } from './chart-schema.js';
import type { Wire } from './intervals.js';
import { judge } from './judge.js';
import { YAHOO, type YahooOptions } from './options.js';
import { refuseStrings } from './refuse-strings.js';

export interface ChartQuery {
  readonly native: string;
  readonly wire: Wire;
  /** Seconds, and inclusive both. */
  readonly period1: number;
  readonly period2: number;
}

export interface ChartReply {
  readonly chart: Chart;
  /** Yahoo's clock, by the reply's date. */
  readonly serverTime: number | undefined;
}

/** One chart through yahoo-finance2, whose only way to the network is the host's fetch. */
export async function readChart(query: ChartQuery, context: Context<YahooOptions>): Promise<ChartReply> {
  const { native, wire, period1, period2 } = query;
  let serverTime: number | undefined;
  let refusal: unknown;
  const fetchChart = async (url: string | URL | Request, init?: RequestInit) => {
    try {
      const reply = await fetchByHost(String(url), init, context);
      serverTime = reply.serverTime;
      return reply.response;
    } catch (error) {
      refusal = error;
      throw error;
    }
  };
  const client = await openClient(fetchChart);
  let raw: unknown;
  try {
    raw = await client.chart(
      encodeNative(native),
      { period1, period2, interval: wire, includePrePost: false, events: 'div|split', return: 'object' },
      // Its schema refuses whole charts for a missing currency; what is used is checked here instead.
      { validateResult: false },
    );
  } catch (error) {
    if (refusal !== undefined) throw refusal;
    throw context.error('MALFORMED', `its chart of ${native} cannot be read: ${shorten(error)}`);
  }
  const parsed = chartSchema.safeParse(raw);
  if (parsed.success) return { chart: parsed.data, serverTime };
  const [issue] = parsed.error.issues;
  throw context.error('MALFORMED', `its chart of ${native}: ${issue?.path.join('.')}: ${issue?.message}`);
}

/** It prints to the console, asks the registry for its own version and keeps cookies, unless told not to. */
async function openClient(fetch: typeof globalThis.fetch) {
  const { default: YahooFinance } = await import('yahoo-finance2');
  const silent = () => undefined;
  return new YahooFinance({
    fetch,
    versionCheck: false,
    suppressNotices: ['yahooSurvey'],
    validation: { logErrors: false, logOptionsErrors: false },
    logger: { info: silent, warn: silent, error: silent, debug: silent, dir: silent },
    // All its instances share one queue; the host's limits are the ones that hold.
    queue: { concurrency: 64 },
  });
}

async function fetchByHost(url: string, init: RequestInit | undefined, context: Context<YahooOptions>) {
  const { options, signal } = context;
  const { cookie, ...headers } = (init?.headers ?? {}) as Record<string, string>;
  const reply = await context.fetch(url.replace(YAHOO, options.url.replace(/\/+$/, '')), { headers, signal });
  const text = await reply.text();
  // The host judges too; but a success may have streamed past it unread, and the library loses what it said.
  judge({ status: reply.status, headers: Object.fromEntries(reply.headers), text }, context.error);
  if (!reply.ok) {
    throw context.error('UNAVAILABLE', `it answers with status ${reply.status}`, { status: reply.status });
  }
  refuseStrings(text, context.error);
  const date = Date.parse(reply.headers.get('date') ?? '');
  return { response: new Response(text), serverTime: Number.isNaN(date) ? undefined : date };
}

/** The library puts the symbol into the path as it is. */
function encodeNative(native: string): string {
  return native.replace(/[/?#%\\\s]/g, encodeURIComponent);
}

function shorten(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}
