import type { AssetClass, Row } from 'almanac/provider';
import type { Chart } from './chart-schema.js';
import { isTraded, type Quote } from './quotes.js';
import { readSessions, type Sessions } from './sessions.js';

interface Intraday {
  readonly assetClass: AssetClass;
  readonly step: number;
  readonly start: number;
  readonly end: number;
  readonly now: number;
}

/**
 * Rows stamped by their open, without those that are no bars: the price of this moment after the last bar, the closing
 * print after a session, minutes without a trade, and the bar that still runs.
 */
export function intradayRows(chart: Chart, quotes: readonly Quote[], asked: Intraday): readonly Row[] {
  const { assetClass, step, start, end, now } = asked;
  const hasSession = assetClass === 'equity' || assetClass === 'index';
  const sessions = hasSession ? readSessions(chart, quotes, step) : undefined;
  const isOpen = sessions?.isOpen ?? ((time: number) => time % step === 0);
  const gridded = quotes.filter((quote, i) => isOpen(quote.time) && quote.time !== quotes[i - 1]?.time);
  const kept =
    sessions !== undefined && assetClass === 'equity' ? dropClosingPrints(gridded, quotes[0], sessions) : gridded;
  return kept
    .filter((quote) => isTraded(quote) && quote.time >= start && quote.time < end && quote.time + step <= now)
    .map((quote) => {
      const { time, open, high, low, close } = quote;
      // Volumes are differences of a running total, so the first of a reply has nothing to be counted from.
      const unknown = assetClass === 'fx' || (quote.volume === 0 && quote === quotes[0]);
      return { time, open, high, low, close, volume: unknown ? null : quote.volume };
    });
}

/**
 * On short days the close is also stamped where a bar could be: a flat row without volume at the end of its date. Where
 * the date's sessions are told, what stands at a close or after it is gone already, and such a row before it is a bar;
 * so is the first of a reply, whose volume is only unknown.
 */
function dropClosingPrints(quotes: readonly Quote[], first: Quote | undefined, sessions: Sessions): readonly Quote[] {
  const kept: Quote[] = [];
  let later: number | undefined;
  for (const quote of quotes.toReversed()) {
    const date = sessions.dateOf(quote.time);
    if (date !== later && quote !== first && !sessions.isKnown(date) && isFlat(quote)) continue;
    if (isTraded(quote)) later = date;
    kept.push(quote);
  }
  return kept.reverse();
}

function isFlat({ open, high, low, close, volume }: Quote): boolean {
  return volume === 0 && open === high && high === low && low === close;
}
