import type { Context, HttpRequest, Row } from '../../provider/index.js';
import type { Schema } from '../../provider/schema.js';
import type { Options } from './options.js';
import { parsePointer, readAt } from './pointer.js';
import type { ReadRows } from './read-rows.js';
import { buildUrl, timeValues } from './request-url.js';
import type { Declaration } from './schema.js';
import { fillTemplate, type Values } from './template.js';

/** One page as it was sent: its rows, ascending, and where the next page is. */
export interface Page {
  readonly rows: readonly Row[];
  readonly cursor?: string;
}

export interface Question {
  readonly start: number;
  readonly end: number;
  readonly limit: number;
  /** What the symbol says by its form, their name for it, their timeframe. */
  readonly symbol: Values;
  readonly cursor?: string;
}

const LARGEST_PAGE = 16 * 2 ** 20;
/** What a reply holds is looked at cell by cell afterwards. */
const ANYTHING: Schema<unknown> = {
  '~standard': { version: 1, vendor: 'almanac', validate: (value) => ({ value }) },
};

/** One request by the file's word. */
export function createAsk(file: Declaration): (question: Question, context: Context<Options>) => Promise<Page> {
  let reading: Promise<ReadRows> | undefined;
  const next = file.paging.cursor === undefined ? undefined : parsePointer(file.paging.cursor);
  return async (question, context) => {
    const { symbol, start, end, limit, cursor } = question;
    const values = { ...symbol, limit: String(limit), cursor, ...timeValues(start, end, file.paging) };
    const url = buildUrl(context.options.url, file.request, values);
    if (url === undefined)
      throw context.error('SYMBOL_UNKNOWN', `no address can be made of ${JSON.stringify(symbol.native)}`);
    const reply = await send({ url, ...placeSecrets(file, context.options), maxBytes: LARGEST_PAGE }, file, context);
    if (reply === NOTHING) return { rows: [] };
    checkEcho(reply, file, symbol, context);
    // Zones are slow to load, and most who start Almanac ask no declared provider.
    reading ??= import('./read-rows.js').then(({ compileRows }) => compileRows(file));
    const rows = (await reading)(reply, context);
    const following = next === undefined ? undefined : readAt(reply, next);
    const named = typeof following === 'string' ? following !== '' : typeof following === 'number';
    return named ? { rows, cursor: String(following) } : { rows };
  };
}

const NOTHING = Symbol('nothing there');

/** Where the file calls a status the absence of bars, the status is looked at; else the host judges it. */
async function send(request: HttpRequest, { empty }: Declaration, { http, error }: Context<Options>): Promise<unknown> {
  const answers = empty?.status;
  if (answers === undefined) return http.json(request, ANYTHING);
  const headers = { accept: 'application/json', ...request.headers };
  const { status, text } = await http.text({ ...request, headers, answers });
  if (answers.includes(status)) return NOTHING;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw error('MALFORMED', 'it sent what is not JSON', { cause });
  }
}

/** Each key goes where the file says, on requests to this provider's one host. */
function placeSecrets(
  { request, secrets = {} }: Declaration,
  options: Options,
): Pick<HttpRequest, 'headers' | 'secretQuery'> {
  const headers: Record<string, string> = { ...request.headers };
  const secretQuery: Record<string, string> = {};
  for (const [option, { header, query, prefix = '' }] of Object.entries(secrets)) {
    const key = options[option];
    if (typeof key !== 'string') continue;
    if (header !== undefined) headers[header] = prefix + key;
    if (query !== undefined) secretQuery[query] = key;
  }
  return { headers, secretQuery };
}

/** A reply that names another symbol than was asked for is not believed. */
function checkEcho(reply: unknown, { rows: { echo } }: Declaration, symbol: Values, { error }: Context<Options>): void {
  const wanted = echo === undefined ? undefined : fillTemplate(echo.is, symbol);
  if (echo === undefined || wanted === undefined) return;
  const said = readAt(reply, parsePointer(echo.at));
  if (said === wanted) return;
  const shown = typeof said === 'string' ? JSON.stringify(said.slice(0, 40)) : 'no name at all';
  throw error('MALFORMED', `asked for ${symbol.native}, it sent bars of ${shown}`);
}
