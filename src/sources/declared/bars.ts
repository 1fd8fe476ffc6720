import { parseSymbol } from '../../market/symbol.js';
import { closeOf, DAY, openOf, stepOf } from '../../market/timeframe.js';
import type { BarRequest, Batch, Context, Row } from '../../provider/index.js';
import { reachOf } from './capabilities.js';
import { createAsk, type Page } from './create-ask.js';
import type { Options } from './options.js';
import type { Declaration } from './schema.js';
import { readSymbol } from './symbols.js';

type Bars = (request: BarRequest, context: Context<Options>) => AsyncIterable<Batch>;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Bars by the file's word: clamped to its reach and to what has closed, then page by page. */
export function compileBars(file: Declaration): Bars {
  const ask = createAsk(file);
  return async function* bars(request, context) {
    const span = clamp(request, file, context);
    if (!(span.start < span.end)) return;
    const read = readSymbol(parseSymbol(request.instrument.symbol).ticker, file);
    if (read === undefined) throw context.error('SYMBOL_UNKNOWN', `it has no symbol ${request.instrument.symbol}`);
    const symbol = { ...read.values, timeframe: String(file.timeframes[request.timeframe]?.code) };
    const asking = (wanted: Span, cursor?: string): Promise<Page> =>
      ask(
        { ...wanted, symbol, limit: countOf(wanted, request, file), ...(cursor === undefined ? {} : { cursor }) },
        context,
      );
    const pages =
      file.paging.style === 'cursor'
        ? byCursor(span, asking, request, file, context)
        : byTime(span, asking, request, file, context);
    for await (const rows of pages) {
      if (rows.length > 0) yield rows;
      context.signal.throwIfAborted();
    }
  };
}

type Asking = (wanted: Span, cursor?: string) => Promise<Page>;

/**
 * Window by window, oldest first, each no longer than one reply is: a server that counts from the start and one that
 * counts back from the end both have all of it, and a hole cannot end it too early.
 */
async function* byTime(
  span: Span,
  ask: Asking,
  { timeframe, instrument }: BarRequest,
  { paging }: Declaration,
  { error }: Context<Options>,
): AsyncIterable<readonly Row[]> {
  const length = paging.style === 'none' ? span.end - span.start : paging.barsPerRequest * stepFor(timeframe);
  for (let start = span.start; start < span.end; start += length) {
    const wanted = { start, end: Math.min(start + length, span.end) };
    const { rows } = await ask(wanted);
    const fitting = within(rows, wanted);
    const first = rows[0];
    // Rows after the window are those behind a hole, rows around now those of a server that has only the latest.
    if (fitting.length === 0 && first !== undefined && first.time < wanted.start && paging.style === 'forward')
      throw error(
        'MALFORMED',
        `asked for ${instrument.native} from ${show(wanted.start)}, it sent bars of ${show(first.time)}`,
      );
    yield fitting;
  }
}

/** Where the next page is, each page says. What begins with the newest is turned round when all of it is there. */
async function* byCursor(
  span: Span,
  ask: Asking,
  { timeframe, instrument }: BarRequest,
  { paging, rows: { order } }: Declaration,
  { error, signal }: Context<Options>,
): AsyncIterable<readonly Row[]> {
  const most = Math.ceil((span.end - span.start) / stepFor(timeframe) / paging.barsPerRequest) * 2 + 10;
  const kept: (readonly Row[])[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; ; page++) {
    signal.throwIfAborted();
    const reply: Page = await ask(span, cursor);
    const fitting = within(reply.rows, span);
    if (order === 'descending') kept.unshift(fitting);
    else yield fitting;
    cursor = reply.cursor;
    if (cursor === undefined || reply.rows.length === 0) break;
    if (seen.has(cursor) || page >= most)
      throw error('MALFORMED', `its pages for ${instrument.native} ${timeframe} have no end`);
    seen.add(cursor);
  }
  yield* kept;
}

/** To what it reaches and what has closed; what lies wholly beyond is said, never answered with nothing. */
function clamp({ timeframe, start, end }: BarRequest, file: Declaration, context: Context<Options>): Span {
  const offered = file.timeframes[timeframe];
  if (offered === undefined) {
    const has = Object.keys(file.timeframes).join(', ');
    throw context.error('UNSUPPORTED', `it has no ${timeframe}; it has ${has}`);
  }
  const now = context.now();
  const reach = reachOf(timeframe, offered.reach);
  const since = 'since' in reach ? reach.since : now - reach.age;
  if (start < end && end <= since)
    throw context.error('OUT_OF_REACH', `it has ${timeframe} since ${show(since)} only`, {
      suggestion: `ask from ${show(since).slice(0, 10)} on`,
    });
  const from = Math.max(start, since);
  // Where bars count from a session's open, those in a window of the clock's are filtered when they are there.
  const session = file.market.grid === 'session';
  const open = openOf(timeframe, from);
  return {
    start: session || open === from ? from : closeOf(timeframe, open),
    end: Math.min(end, session ? now : openOf(timeframe, now)),
  };
}

function within(rows: readonly Row[], { start, end }: Span): readonly Row[] {
  const fitting = rows.filter(({ time }) => time >= start && time < end);
  // The same bar twice in a reply is one bar.
  return fitting.filter(({ time }, i) => i === 0 || time !== fitting[i - 1]?.time);
}

function countOf({ start, end }: Span, { timeframe }: BarRequest, { paging }: Declaration): number {
  return Math.max(1, Math.min(paging.barsPerRequest, Math.ceil((end - start) / stepFor(timeframe))));
}

/** The shortest a bar of it is. */
function stepFor(timeframe: BarRequest['timeframe']): number {
  return stepOf(timeframe) ?? 28 * DAY;
}

function show(instant: number): string {
  return new Date(instant).toISOString();
}
