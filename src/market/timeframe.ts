import { startOfMonth } from './range.js';

export const TIMEFRAMES = [
  'ticks', '1s', '1m', '2m', '3m', '5m', '10m', '15m', '30m',
  '1h', '2h', '4h', '6h', '8h', '12h', '1d', '3d', '1w', '1mo',
] as const;
export type Timeframe = (typeof TIMEFRAMES)[number];

const SECOND = 1000;
const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const UNITS: Readonly<Record<string, number>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };
/** 1970-01-01 was a Thursday; weeks open on the Monday before it. */
const WEEK_ORIGIN = -3 * DAY;

/** What people and other tools call the same thing. `1M` is a month and `1m` a minute, so case is not folded. */
const ALIASES: Readonly<Record<string, Timeframe>> = {
  tick: 'ticks', '1M': '1mo', '1min': '1m', '5min': '5m', '15min': '15m', '30min': '30m', '60min': '1h',
  '60m': '1h', '120m': '2h', '240m': '4h', '24h': '1d', '1D': '1d', '1H': '1h', '4H': '4h', '1W': '1w',
  '7d': '1w', '1wk': '1w', '1day': '1d', '1hour': '1h', '1week': '1w', '1month': '1mo',
};

export function parseTimeframe(text: string): Timeframe | undefined {
  if ((TIMEFRAMES as readonly string[]).includes(text)) return text as Timeframe;
  return Object.hasOwn(ALIASES, text) ? ALIASES[text] : undefined;
}

/** Looked up for every row that is admitted, so worked out once. */
const STEPS: ReadonlyMap<Timeframe, number> = new Map(
  TIMEFRAMES.filter((timeframe) => timeframe !== 'ticks' && timeframe !== '1mo').map((timeframe) => [
    timeframe,
    Number.parseInt(timeframe, 10) * (UNITS[timeframe.replace(/\d+/, '')] as number),
  ]),
);

/** The fixed length of a bar; undefined for ticks, which have none, and for months, which vary. */
export function stepOf(timeframe: Timeframe): number | undefined {
  return STEPS.get(timeframe);
}

/** The open of the bar that holds `instant`, on the UTC grid. A tick is its own grid. */
export function openOf(timeframe: Timeframe, instant: number): number {
  if (timeframe === 'ticks') return instant;
  if (timeframe === '1mo') {
    const date = new Date(instant);
    return startOfMonth(date.getUTCFullYear(), date.getUTCMonth());
  }
  const step = stepOf(timeframe) as number;
  const origin = timeframe === '1w' ? WEEK_ORIGIN : 0;
  return Math.floor((instant - origin) / step) * step + origin;
}

/** The close of the bar that opens at `open`, which is the open of the next. A tick lasts one millisecond. */
export function closeOf(timeframe: Timeframe, open: number): number {
  if (timeframe === 'ticks') return open + 1;
  if (timeframe === '1mo') {
    const date = new Date(open);
    return startOfMonth(date.getUTCFullYear(), date.getUTCMonth() + 1);
  }
  return open + (stepOf(timeframe) as number);
}

export function isOnGrid(timeframe: Timeframe, instant: number): boolean {
  return openOf(timeframe, instant) === instant;
}

/** How many bars open in [start, end) when the market never closes; undefined for ticks. */
export function gridCount(timeframe: Timeframe, start: number, end: number): number | undefined {
  if (timeframe === 'ticks') return undefined;
  if (!(start < end)) return 0;
  if (timeframe === '1mo') return monthsBefore(end) - monthsBefore(start);
  const step = stepOf(timeframe) as number;
  const origin = timeframe === '1w' ? WEEK_ORIGIN : 0;
  return Math.ceil((end - origin) / step) - Math.ceil((start - origin) / step);
}

/** Months whose first instant lies before `instant`, counted from year 0. */
function monthsBefore(instant: number): number {
  const date = new Date(instant);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth();
  return openOf('1mo', instant) === instant ? months : months + 1;
}
