import { DAY, type Interval } from './intervals.js';
import type { Piece } from './split-range.js';

/** From the bars after a long weekend back to those before it. */
export const LEAD = 5 * DAY;

interface Span {
  readonly start: number;
  readonly end: number;
  /** Nothing before this instant may be asked for. */
  readonly reached: number;
  /** How much earlier than its bars a request shall begin, where there is room. */
  readonly lead: number;
}

/**
 * [start, end) of intraday bars in as few requests as Yahoo allows. The first row of a reply may have lost its volume,
 * so a request begins before the bars it is sent for: the row that is spoilt is then none of them.
 */
export function splitIntraday(asked: Span, interval: Pick<Interval, 'step' | 'span' | 'longest'>): readonly Piece[] {
  const { start, end, reached } = asked;
  const { step = 1000, span = end - start, longest = Number.POSITIVE_INFINITY } = interval;
  const requests = Math.ceil((end - start) / span);
  const { first, lead } = findLeads(asked, requests, longest);
  // All are of one length, what they begin earlier included.
  const length = (end - start + first + (requests - 1) * lead) / requests;
  const pieces: Piece[] = [];
  for (let i = 1, from = start; i <= requests; i += 1) {
    const cut = start - first + length + (i - 1) * (length - lead);
    const to = i === requests ? end : Math.floor(cut / step) * step;
    const earliest = Math.max(from - (i === 1 ? first : lead), to - longest, reached);
    const period1 = Math.ceil(Math.min(earliest, from) / 1000);
    // The two may not be the same.
    const period2 = Math.max(Math.floor((to - 1) / 1000), period1 + 1);
    pieces.push({ start: from, end: to, period: { period1, period2 } });
    from = to;
  }
  return pieces;
}

/** What the reach leaves the first request nothing of is room for the others. */
function findLeads({ start, end, reached, lead: wanted }: Span, requests: number, longest: number) {
  const room = requests * longest - (end - start);
  const first = Math.max(0, Math.min(wanted, start - reached, room / requests));
  if (requests === 1) return { first, lead: first };
  const lead = Math.max(first, Math.min(wanted, (room - first) / (requests - 1), (end - start) / 2));
  return { first, lead };
}
