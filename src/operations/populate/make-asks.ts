import { AlmanacError } from '../../market/almanac-error.js';
import { ALWAYS_OPEN, type Calendar } from '../../market/calendar.js';
import { calendarOfListing, isUnknownListing } from '../../market/calendars/by-listing.js';
import { findCalendar } from '../../market/calendars.js';
import { closedUntil, type Expectation } from '../../market/expected.js';
import { formatInstant } from '../../market/instant.js';
import type { Range } from '../../market/range.js';
import { defaultCalendar, type ParsedSymbol } from '../../market/symbol.js';
import { openOf, type Timeframe } from '../../market/timeframe.js';
import type { DescribePlan } from '../../sources/route/find-plan.js';
import type { Wanted } from '../../sources/route/judge-provider.js';
import type { Choice, Routed, RouteRequest } from '../../sources/route.js';
import type { Ask } from './ask.js';
import { type BeginningTools, findBeginning } from './find-beginning.js';

export interface Wish {
  readonly symbol: ParsedSymbol;
  readonly timeframe: Timeframe;
  /** Absent: as far back as its provider reaches. */
  readonly start?: number | undefined;
  /** Absent: the last closed bar. */
  readonly end?: number | undefined;
}

export interface AskTools extends BeginningTools {
  readonly route: (request: Omit<RouteRequest, 'now'>) => Routed;
  readonly provider?: string | undefined;
  /** The person's own word on a symbol's calendar. */
  readonly calendarOf: (symbol: string) => string | undefined;
  /** When a provider's exchange stood still for a symbol. */
  readonly standstills: (series: { readonly provider: string; readonly symbol: string }) => readonly Range[];
  readonly describePlan: DescribePlan;
}

/** A wish nobody can fulfil, and why. */
export interface Unserved {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly error: AlmanacError;
}

/** Before this nobody here has anything. */
const DAWN = Date.UTC(1900, 0, 1);

/** Who is asked for each wish, and for which range: from its listing or its provider's reach to the last closed bar. */
export async function makeAsks(
  wishes: readonly Wish[],
  tools: AskTools,
): Promise<{ readonly asks: Ask[]; readonly unserved: Unserved[] }> {
  const asks: Ask[] = [];
  const unserved: Unserved[] = [];
  for (const wish of wishes) {
    try {
      asks.push(await makeAsk(wish, tools));
    } catch (error) {
      if (!(error instanceof AlmanacError)) throw error;
      unserved.push({ symbol: wish.symbol.symbol, timeframe: wish.timeframe, error });
    }
  }
  return { asks, unserved };
}

async function makeAsk(wish: Wish, tools: AskTools): Promise<Ask> {
  const { symbol, timeframe } = wish;
  const now = tools.now();
  const closed = timeframe === 'ticks' ? now : openOf(timeframe, now);
  const wanted: Range = { start: wish.start ?? DAWN, end: Math.min(wish.end ?? closed, closed) };
  // A week that has not closed yet is nothing to expect, and no mistake; a start that is still to come is one.
  if (wanted.start >= now) {
    throw new AlmanacError(
      'DATE_INVALID',
      `it is asked from ${formatInstant(wanted.start)} on, and that is still to come`,
    );
  }
  const primary = tools.route({ symbol, timeframe, range: wanted, purpose: 'primary', provider: tools.provider });
  const [choice] = primary.choices;
  if (choice === undefined) throw await refuse({ symbol, timeframe, range: wanted }, primary, tools);
  const alternates = tools.route({ symbol, timeframe, range: wanted, purpose: 'fill' }).choices;
  const calendar = calendarFor(choice, symbol.symbol, tools);
  const expectation: Expectation = {
    calendar,
    timeframe,
    grid: choice.timeframe.grid ?? 'clock',
    ...(choice.market.days === undefined ? {} : { days: choice.market.days }),
  };
  const last = Math.min(wanted.end, closedUntil(expectation, now));
  const from = Math.max(wanted.start, choice.from ?? wanted.start);
  const beginning = await findBeginning(choice, timeframe, { start: from, end: last }, tools);
  const { at: first, isFile = false } = beginning;
  const end = Math.min(last, beginning.until ?? last);
  const isBefore = first === undefined ? wish.start === undefined : isFile && from <= first;
  const range = { start: Math.min(Math.max(from, first ?? from), end), end };
  return {
    symbol: symbol.symbol,
    timeframe,
    choice,
    range,
    asked: { start: wish.start === undefined ? range.start : Math.min(wish.start, range.start), end },
    ...(first === undefined ? {} : { listed: first }),
    ...(wish.start === undefined || choice.from === undefined ? {} : { reach: choice.from }),
    openStart: isBefore,
    expectation,
    isGuessed: tools.calendarOf(symbol.symbol) === undefined && isUnknownListing(choice.instrument.symbol),
    standstills: tools.standstills({ provider: choice.provider, symbol: symbol.symbol }),
    hasAlternates: alternates.some((each) => each.provider !== choice.provider),
    sessions: calendar.rhythm !== 'always',
  };
}

function calendarFor({ market, instrument }: Choice, symbol: string, tools: AskTools): Calendar {
  const own = tools.calendarOf(symbol);
  const name = own ?? calendarOfListing(instrument.symbol) ?? market.calendar ?? defaultCalendar(instrument.assetClass);
  const calendar = findCalendar(name);
  if (calendar !== undefined) return calendar;
  if (own !== undefined)
    throw new AlmanacError(
      'CONFIG_INVALID',
      `calendars names ${JSON.stringify(own)} for ${symbol}, and there is no such calendar`,
    );
  return ALWAYS_OPEN;
}

/** Those who do not know the symbol at all have nothing to say about it. */
async function refuse(
  wanted: Omit<Wanted, 'now'>,
  { refused, alike }: Routed,
  { describePlan }: AskTools,
): Promise<AlmanacError> {
  const { symbol } = wanted.symbol;
  const telling = refused.filter(({ stranger }) => stranger !== true);
  const reasons = await Promise.all(
    telling.map(async ({ provider, reason }) => `${provider}: ${reason}${await describePlan(provider, wanted)}`),
  );
  const willing = refused.find(({ barred }) => barred === true);
  const remedies = refused.flatMap(({ remedy }) => remedy ?? []);
  const line = `almanac cache populate --symbols ${symbol} --intervals ${wanted.timeframe} --provider ${willing?.provider}`;
  const suggestions = [...(willing === undefined ? [] : [line]), ...remedies];
  const what = willing === undefined ? 'no provider may be asked for it' : 'nobody is asked for it unless you say so';
  return new AlmanacError(
    'UNSUPPORTED',
    reasons.length === 0
      ? `no provider knows a symbol of this form${alike === undefined ? '' : `; did you mean ${alike}?`}`
      : `${what} (${reasons.join('; ')})`,
    { suggestions: suggestions.length > 0 ? suggestions : ['almanac providers list'] },
  );
}
