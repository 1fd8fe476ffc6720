import type { MakeError } from 'almanac/provider';
import type { Chart } from './chart-schema.js';
import type { ChartQuery } from './read-chart.js';

/** One row of the columns; a null in any price means that there was no trade. */
export interface Quote {
  readonly time: number;
  readonly open: number | null;
  readonly high: number | null;
  readonly low: number | null;
  readonly close: number | null;
  readonly volume: number | null;
  readonly adjusted: number | null;
}

const MONTH = 31 * 86_400;

/** The chart's rows as they came, ascending; throws when the chart is not the one that was asked for. */
export function readQuotes(chart: Chart, query: ChartQuery, error: MakeError): readonly Quote[] {
  const { meta, timestamp = [], indicators } = chart;
  const refuse = (what: string) => error('MALFORMED', `it was asked for ${query.native} ${query.wire} and ${what}`);
  if (normalise(meta.symbol) !== normalise(query.native)) throw refuse(`sent ${meta.symbol.slice(0, 40)}`);
  const granularity = meta.dataGranularity === '60m' ? '1h' : meta.dataGranularity;
  if (granularity !== undefined && granularity !== query.wire) throw refuse(`sent ${granularity.slice(0, 10)} bars`);
  const [quote] = indicators.quote;
  if (timestamp.length === 0 || quote === undefined) return [];
  const adjclose = indicators.adjclose?.[0]?.adjclose;
  const columns = [quote.open, quote.high, quote.low, quote.close, quote.volume, adjclose];
  if (columns.some((column) => column !== undefined && column.length !== timestamp.length)) {
    throw refuse('sent columns of different lengths');
  }
  if (!timestamp.some((at) => at >= query.period1 - MONTH && at <= query.period2)) {
    throw refuse('sent nothing of the range but other rows');
  }
  return timestamp.map((at, i) => {
    if (i > 0 && at < (timestamp[i - 1] as number)) throw refuse('sent rows out of order');
    return {
      time: at * 1000,
      open: quote.open[i] ?? null,
      high: quote.high[i] ?? null,
      low: quote.low[i] ?? null,
      close: quote.close[i] ?? null,
      volume: quote.volume?.[i] ?? null,
      adjusted: adjclose?.[i] ?? null,
    };
  });
}

export function isTraded({ open, high, low, close }: Quote): boolean {
  return open !== null && high !== null && low !== null && close !== null;
}

/** `JPY=X` is `USDJPY=X` by its short name, and Yahoo answers either with the other. */
function normalise(symbol: string): string {
  return symbol.toUpperCase().replace(/^USD([A-Z]{3}=X)$/, '$1');
}
