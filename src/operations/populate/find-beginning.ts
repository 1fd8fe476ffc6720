import type { Range } from '../../market/range.js';
import { DAY, openOf, type Timeframe } from '../../market/timeframe.js';
import type { Host } from '../../sources/host/create-host.js';
import { isProviderError, type ProviderError } from '../../sources/provider-error.js';
import type { Choice } from '../../sources/route.js';
import { changeNotes, type NoteBook, readNotes } from './notes.js';

/** Where a series begins and ends, as far as its provider says. */
export interface Beginning {
  readonly at?: number;
  /** `at` is no bar's open but the begin of the first bulk file: what comes first tells. */
  readonly isFile?: boolean;
  /** Behind this there is nothing: the provider has files of the symbol, and its API knows it no more. */
  readonly until?: number;
}

export interface BeginningTools {
  readonly host: (provider: string) => Promise<Host>;
  /** Bulk files may be taken. */
  readonly archive: boolean;
  /** Providers whose API turned us away already: it is not asked the same for each series. */
  readonly shut?: Map<string, ProviderError>;
  readonly notes: NoteBook;
  readonly noteName: (symbol: string, timeframe: Timeframe) => string;
  readonly now: () => number;
}

/** What is recent enough not to ask when the symbol was first listed. */
const RECENT = 7 * DAY;

/** Asked once a series, and written down: the second run asks nothing. */
export async function findBeginning(
  choice: Choice,
  timeframe: Timeframe,
  range: Range,
  tools: BeginningTools,
): Promise<Beginning> {
  const { provider, instrument } = choice;
  const name = tools.noteName(instrument.symbol, timeframe);
  const { firstBar, ended } = await readNotes(tools.notes, name);
  const end = ended?.provider === provider ? ended : undefined;
  const isStale = end !== undefined && tools.now() - end.checkedAt >= DAY;
  if (firstBar?.provider === provider && !isStale)
    return { at: firstBar.at, ...(end === undefined ? {} : { until: end.at }) };
  if (range.end - range.start <= RECENT && tools.now() - range.start <= RECENT) return {};
  const host = await tools.host(provider);
  if (host.provider.firstBar === undefined) return {};
  try {
    const over = tools.shut?.get(provider);
    if (over !== undefined) throw over;
    const at = await host.provider.firstBar({ instrument, timeframe }, host.context);
    const checkedAt = tools.now();
    const first = at === undefined ? undefined : { provider, at: openOf(timeframe, at), checkedAt };
    if (first !== undefined || end !== undefined)
      await changeNotes(tools.notes, name, (notes) => ({
        ...notes,
        ended: undefined,
        firstBar: first ?? notes.firstBar,
      }));
    return first === undefined ? {} : { at: first.at };
  } catch (error) {
    if (!isProviderError(error) || !SHUT.has(error.code)) throw error;
    const files = await findFiles(host, choice, timeframe, range, tools);
    if (files === undefined) throw error;
    if (error.code !== 'SYMBOL_UNKNOWN') {
      tools.shut?.set(provider, error);
      return { at: files.start, isFile: true };
    }
    const last = { provider, at: files.end, checkedAt: tools.now() };
    await changeNotes(tools.notes, name, (notes) => ({ ...notes, ended: last }));
    const known = firstBar?.provider === provider ? { at: firstBar.at } : { at: files.start, isFile: true };
    return { ...known, until: files.end };
  }
}

/** The API knows the symbol no more, or us: its bulk files may be there all the same. */
const SHUT: ReadonlySet<string> = new Set(['SYMBOL_UNKNOWN', 'BLOCKED', 'THROTTLED']);

/** From the first bulk file of a series to the last. */
async function findFiles(
  { provider, context }: Host,
  { instrument, timeframe: offer }: Choice,
  timeframe: Timeframe,
  range: Range,
  { archive, now }: BeginningTools,
): Promise<Range | undefined> {
  const list = provider.archive?.list?.bind(provider.archive);
  if (!archive || list === undefined) return undefined;
  let found: Range | undefined;
  // To the very last one, whatever end was asked for: where a series ends is noted for every later question.
  const end = now();
  for (const period of offer.archive ?? []) {
    // Days are for what the months leave: the last weeks of a symbol, or all of a young one.
    const start = period === 'day' ? Math.max(range.start, found?.end ?? range.start) : range.start;
    for await (const files of list({ instrument, timeframe, start, end }, period, context))
      for (const file of files)
        found = {
          start: Math.min(found?.start ?? file.start, file.start),
          end: Math.max(found?.end ?? file.end, file.end),
        };
  }
  return found;
}
