import { AlmanacError } from '../../market/almanac-error.js';
import { ALWAYS_OPEN, type Calendar } from '../../market/calendar.js';
import { calendarOfListing } from '../../market/calendars/by-listing.js';
import { CALENDAR_IDS, findCalendar } from '../../market/calendars.js';
import type { Expectation } from '../../market/expected.js';
import { defaultCalendar, type ParsedSymbol, parseSymbol } from '../../market/symbol.js';
import type { Timeframe } from '../../market/timeframe.js';
import type { PreparedProvider } from '../../sources/registry/prepare-provider.js';
import { isOffer, judgeProvider, type Offer } from '../../sources/route/judge-provider.js';
import type { Series, YearInfo } from '../../store/face.js';
import type { ExpectedSeries, ExpectTools } from './expected-series.js';
import { findListing } from './find-listing.js';
import { seeDays, seeGrid } from './see-grid.js';

/** What a series should hold, by whom its bars came from; where nobody knows them, by the bars themselves. */
export async function expectSeries(series: Series, tools: ExpectTools): Promise<ExpectedSeries> {
  const { symbol, timeframe } = series;
  const years = await series.years();
  const provider = mainProvider(years);
  const parsed = parseSymbol(symbol, latestSidecar(years)?.assetClass);
  const prepared = tools.providers.find((each) => each.provider.id === provider);
  const offer = prepared && findOffer(prepared, parsed, timeframe, tools.now());
  const assetClass = offer?.instrument.assetClass ?? parsed.assetClass;
  const calendar = chooseCalendar(parsed, years, offer, tools);
  const days = offer?.market.days ?? (await seeDays(series, years, calendar));
  const expectation: Expectation = {
    calendar,
    timeframe,
    grid: offer?.timeframe.grid ?? seeGrid(timeframe, years, calendar),
    ...(days === undefined ? {} : { days }),
  };
  const listing = await findListing(series, provider, tools);
  const outages = tools.outages({ symbol, assetClass, provider, calendar: calendar.id });
  const known = listing === undefined ? outages : [listing, ...outages];
  return { expectation, provider, calendarId: calendar.id, assetClass, known };
}

function chooseCalendar(
  { symbol, assetClass }: ParsedSymbol,
  years: readonly YearInfo[],
  offer: Offer | undefined,
  tools: ExpectTools,
): Calendar {
  const own = tools.calendarOf(symbol);
  if (own !== undefined && findCalendar(own) === undefined)
    throw new AlmanacError(
      'CONFIG_INVALID',
      `calendars names ${JSON.stringify(own)} for ${symbol}, and there is no such calendar`,
      { suggestions: [`one of ${CALENDAR_IDS.join(' ')}`] },
    );
  const usual = defaultCalendar(assetClass);
  const kept = latestSidecar(years)?.calendar;
  // A sidecar that nobody told a calendar holds the usual one, and then says nothing.
  const told = kept === usual ? undefined : kept;
  const listed = calendarOfListing(offer?.instrument.symbol ?? symbol);
  // As populate chooses: what a sidecar has by a guess of old says less than whose bars they are.
  const theirs = offer && (offer.market.calendar ?? defaultCalendar(offer.instrument.assetClass));
  const names = [own, told, listed, theirs, kept, usual];
  for (const name of names) {
    const calendar = name === undefined ? undefined : findCalendar(name);
    if (calendar !== undefined) return calendar;
  }
  return ALWAYS_OPEN;
}

/** Its bars are there: it has the symbol, whatever it looks like. */
function findOffer(
  prepared: PreparedProvider,
  symbol: ParsedSymbol,
  timeframe: Timeframe,
  now: number,
): Offer | undefined {
  const judged = judgeProvider({ ...prepared, keys: [] }, { symbol, timeframe, now, anyClass: true });
  return isOffer(judged) ? judged : undefined;
}

function latestSidecar(years: readonly YearInfo[]): YearInfo['sidecar'] {
  return years.findLast(({ sidecar }) => sidecar !== undefined)?.sidecar;
}

/** Who most of its rows came from; `unknown` where no sidecar says. */
function mainProvider(years: readonly YearInfo[]): string {
  const rows = new Map<string, number>();
  for (const { sidecar } of years)
    for (const range of sidecar?.provenance ?? [])
      rows.set(range.provider, (rows.get(range.provider) ?? 0) + range.rows);
  return [...rows].reduce((most, each) => (each[1] > most[1] ? each : most), ['unknown', 0] as [string, number])[0];
}
