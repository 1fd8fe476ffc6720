import { z } from 'zod';
import { CALENDAR_IDS } from '../../market/calendars.js';
import { ASSET_CLASSES } from '../../market/symbol.js';
import {
  baseUrl,
  cell,
  echo,
  form,
  glob,
  headerName,
  instant,
  line,
  matching,
  oneOf,
  pointer,
  queryName,
  requestTemplate,
  symbolTemplate,
  timeframe,
  token,
  webPage,
  whole,
  zone,
} from './fields.js';

/** What a declared error may mean: the codes of the contract. */
export const ERROR_CODES = [
  ...['SYMBOL_UNKNOWN', 'UNSUPPORTED', 'OUT_OF_REACH', 'THROTTLED', 'QUOTA', 'AUTH', 'BLOCKED', 'UNAVAILABLE'],
  'MALFORMED',
] as const;
const STYLES = ['none', 'forward', 'backward', 'cursor'] as const;
const UNITS = ['s', 'ms', 'us', 'ns', 'iso'] as const;
const BOUNDS = ['inclusive', 'exclusive'] as const;
const CODE = 'must be their name for it: letters and digits, or a whole number';
const SYMBOL = 'must be a symbol, without spaces';

const secret = z
  .strictObject({
    env: z
      .array(matching(/^[A-Z][A-Z0-9_]{2,63}$/, 'must be a variable’s name, such as ALMANAC_EXAMPLE_KEY'))
      .min(1, 'must name at least one variable')
      .max(3, 'may name three variables at most'),
    required: z.boolean({ error: 'must be true or false' }),
    url: webPage.optional(),
    header: headerName.optional(),
    query: queryName.optional(),
    prefix: matching(/^[A-Za-z]{1,20} $/, 'must be a word and a space, such as "Bearer "').optional(),
  })
  .refine(({ header, query }) => (header === undefined) !== (query === undefined), {
    error: 'must say where the key goes: "header" or "query", one of them',
  })
  .refine(({ prefix, header }) => prefix === undefined || header !== undefined, {
    error: 'has a prefix, which only a header can have',
  });

const reach = z
  .strictObject({
    since: instant.optional(),
    days: whole(1, 40_000).optional(),
    bars: whole(1, 1_000_000).optional(),
  })
  .refine((value) => Object.values(value).filter((each) => each !== undefined).length === 1, {
    error: 'must be one of {"since": "2015-01-31"}, {"days": 365}, {"bars": 720}',
  });

/** Everything a declared provider may say. A key that is not here is an error. */
export const fileSchema = z.strictObject({
  $schema: z.string().optional(),
  api: z.literal(1, { error: 'must be 1: the version of this form' }),
  id: matching(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be lower case with dashes, such as my-exchange').max(
    40,
    'may have 40 characters at most',
  ),
  name: line,
  site: webPage.optional(),
  baseUrl: baseUrl,
  request: z.strictObject({
    path: requestTemplate.refine((text) => text.startsWith('/'), 'must begin with /'),
    query: z.record(queryName, requestTemplate).optional(),
    headers: z.record(headerName, matching(/^[\x20-\x7e]{1,300}$/, 'must be one line of plain ASCII')).optional(),
  }),
  secrets: z
    .record(
      matching(/^[a-z][A-Za-z0-9]{0,31}$/, 'must be a setting’s name, such as apiKey').refine(
        (name) => name !== 'url',
        'is the name of the setting that moves the base URL; take another, such as apiKey',
      ),
      secret,
    )
    .optional(),
  paging: z.strictObject({
    style: oneOf(STYLES),
    barsPerRequest: whole(1, 50_000),
    start: oneOf(BOUNDS).optional(),
    end: oneOf(BOUNDS).optional(),
    cursor: pointer.optional(),
  }),
  rows: z.strictObject({
    at: pointer,
    order: oneOf(['ascending', 'descending']).optional(),
    time: cell,
    open: cell,
    high: cell,
    low: cell,
    close: cell,
    volume: cell.optional(),
    echo: z.strictObject({ at: pointer, is: echo }).optional(),
  }),
  time: z
    .strictObject({ unit: oneOf(UNITS), zone: zone.optional() })
    .refine(({ unit, zone }) => zone === undefined || unit === 'iso', {
      error: 'has a zone, which only times written as text ("unit": "iso") can need',
      path: ['zone'],
    }),
  empty: z
    .strictObject({
      status: z.array(whole(200, 599)).max(10, 'may name ten statuses at most').optional(),
      missing: z.boolean({ error: 'must be true or false' }).optional(),
    })
    .optional(),
  errors: z
    .strictObject({
      status: z.record(matching(/^[1-5]\d\d$/, 'must be a status, such as 404'), oneOf(ERROR_CODES)).optional(),
      at: pointer.optional(),
      texts: z.record(glob, oneOf(ERROR_CODES)).optional(),
    })
    .refine(({ at, texts }) => texts === undefined || at !== undefined, {
      error: 'has texts, and no "at" to say where in the reply they stand',
    })
    .optional(),
  market: z.strictObject({
    assetClass: oneOf(ASSET_CLASSES),
    calendar: oneOf(CALENDAR_IDS as [string, ...string[]]),
    suffix: matching(/^[a-z]{1,12}$/, 'must be 1 to 12 small letters, such as um').optional(),
    grid: oneOf(['clock', 'session']).optional(),
    days: oneOf(['utc', 'weekdays']).optional(),
    finalitySeconds: whole(0, 30 * 86_400).optional(),
  }),
  timeframes: z
    .partialRecord(timeframe, z.strictObject({ code: z.union([token(20), whole(0, 1e9)], { error: CODE }), reach }))
    .refine((value) => Object.keys(value).length > 0, 'must have at least one, such as {"1h": …}'),
  symbols: z
    .strictObject({
      accept: z
        .array(form)
        .min(1, 'must have at least one form, such as "{base}-{quote}"')
        .max(10, 'may have ten forms at most'),
      native: symbolTemplate,
      case: oneOf(['upper', 'lower']).optional(),
      quotes: z.array(token(10)).max(100, 'may name a hundred at most').optional(),
      rename: z.record(token(20), token(20)).optional(),
      aliases: z.record(matching(/^[^\p{C}\s]{1,64}$/u, SYMBOL), matching(/^[\x21-\x7e]{1,64}$/, SYMBOL)).optional(),
    })
    .refine(({ accept, quotes }) => quotes !== undefined || !accept.some((form) => form.includes('{quote}')), {
      error: 'has a form with {quote}, and no "quotes" to say which there are, such as ["USD", "EUR"]',
    }),
  limits: z.strictObject({
    concurrency: whole(1, 1000),
    windows: z
      .array(
        z.strictObject({
          name: matching(/^[a-z][a-z0-9-]{0,19}$/, 'must be a short word, such as minute'),
          max: whole(1, 1_000_000),
          seconds: whole(1, 31 * 86_400),
        }),
      )
      .min(1, 'must have at least one, such as {"name": "second", "max": 1, "seconds": 1}')
      .max(5, 'may have five at most'),
  }),
  routes: z
    .array(z.strictObject({ match: glob, timeframes: z.array(timeframe).min(1).optional() }))
    .max(20, 'may have twenty at most')
    .optional(),
  samples: z.strictObject({
    known: z.strictObject({ symbol: line, timeframe, start: instant, end: instant }),
    unknown: line,
  }),
});

export type Declaration = z.infer<typeof fileSchema>;
/** One timeframe: their name for it, and how far back it reaches. */
export type DeclaredTimeframe = NonNullable<Declaration['timeframes'][string]>;
