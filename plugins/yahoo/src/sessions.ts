import type { Chart } from './chart-schema.js';
import { makeDateReader } from './date-bars.js';
import type { Quote } from './quotes.js';

/** When a chart's market was open, as far as the chart tells. */
export interface Sessions {
  /** The exchange's date at an instant. */
  dateOf(time: number): number;
  /** Whether the sessions of a date are told: a short day's closes early there. */
  isKnown(date: number): boolean;
  /** Whether a bar may open then: counted from the session's open, where that is not told from the day's first row. */
  isOpen(time: number): boolean;
}

export function readSessions({ meta }: Chart, quotes: readonly Quote[], step: number): Sessions {
  const dateOf = makeDateReader(meta.exchangeTimezoneName);
  const sessions = (meta.tradingPeriods ?? [])
    .flat()
    .map(({ start, end }) => ({ open: start * 1000, close: end * 1000 }));
  const known = new Set(sessions.map(({ open }) => dateOf(open)));
  const opens = new Map<number, number>();
  for (const { time } of quotes) if (!opens.has(dateOf(time))) opens.set(dateOf(time), time);
  return {
    dateOf,
    isKnown: (date) => known.has(date),
    isOpen(time) {
      const date = dateOf(time);
      if (!known.has(date)) return (time - (opens.get(date) as number)) % step === 0;
      return sessions.some(({ open, close }) => time >= open && time < close && (time - open) % step === 0);
    },
  };
}
