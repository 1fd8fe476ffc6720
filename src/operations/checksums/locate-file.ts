import { periodRange } from '../../market/block.js';
import { findCalendar } from '../../market/calendars.js';
import { defaultCalendar, parseSymbol } from '../../market/symbol.js';
import type { Timeframe } from '../../market/timeframe.js';
import type { ArchiveFile, Instrument } from '../../provider/index.js';
import type { Host } from '../../sources/host/create-host.js';
import { claimSymbol, marketsOf } from '../../sources/route/claim-symbol.js';
import type { ChecksumFailure } from '../../store/checksums/checksum-failure.js';

export interface Located {
  readonly file: ArchiveFile;
  readonly instrument: Instrument;
  readonly timeframe: Timeframe;
  readonly derived: boolean;
  /** The market has sessions, and its bars may count from their open. */
  readonly sessions: boolean;
}

/**
 * The file of an entry, named anew by its provider: what is asked is what the settings say today, never an address
 * from the registry. Undefined where the provider knows no such file.
 */
export function locateFile(failure: ChecksumFailure, { provider, context, capabilities }: Host): Located | undefined {
  const { interval: timeframe } = failure;
  // It had the file: it has the symbol, whatever it looks like.
  const claimant = { provider, options: context.options, capabilities };
  const instrument = claimSymbol(claimant, parseSymbol(failure.symbol), true);
  if (instrument === undefined) return undefined;
  const request = { instrument, timeframe, ...periodRange(failure.date) };
  const period = failure.via === 'archive-month' ? 'month' : 'day';
  const file = provider.archive?.files(request, period, context.options).find(({ name }) => name === failure.date);
  if (file === undefined) return undefined;
  const [market] = marketsOf(claimant, instrument);
  const offer = market?.timeframes.find((each) => each.timeframe === timeframe);
  const calendar = findCalendar(market?.calendar ?? defaultCalendar(instrument.assetClass));
  return {
    ...{ file, instrument, timeframe },
    derived: offer?.derived === true,
    sessions: calendar !== undefined && calendar.rhythm !== 'always',
  };
}
