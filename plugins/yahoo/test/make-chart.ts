import type { Chart } from '../src/chart-schema.js';

type Prices = readonly [open: number | null, high: number | null, low: number | null, close: number | null];
export interface Line {
  readonly at: string;
  readonly prices?: Prices;
  readonly volume?: number | null;
  readonly adjusted?: number;
}

export const seconds = (iso: string): number => Date.parse(iso) / 1000;

/** A chart as Yahoo shapes it, small enough to read. */
export function makeChart(lines: readonly Line[], meta: Partial<Chart['meta']> = {}, events?: Chart['events']): Chart {
  const prices = lines.map((line) => line.prices ?? ([10, 12, 9, 11] as const));
  return {
    meta: { symbol: 'AAPL', exchangeTimezoneName: 'America/New_York', ...meta },
    ...(lines.length === 0 ? {} : { timestamp: lines.map(({ at }) => seconds(at)) }),
    indicators: {
      quote: [
        {
          open: prices.map(([open]) => open),
          high: prices.map(([, high]) => high),
          low: prices.map(([, , low]) => low),
          close: prices.map(([, , , close]) => close),
          volume: lines.map(({ volume }) => (volume === undefined ? 100 : volume)),
        },
      ],
      adjclose: [{ adjclose: lines.map(({ adjusted }) => adjusted ?? null) }],
    },
    ...(events === undefined ? {} : { events }),
  };
}

/** The same as it stands in a reply: a chart of nothing has an empty quote and no times. */
export function envelope(chart: Chart): string {
  const indicators = chart.timestamp === undefined ? { quote: [{}] } : chart.indicators;
  return JSON.stringify({ chart: { result: [{ ...chart, indicators }], error: null } });
}

export const NO_TRADE: Prices = [null, null, null, null];

export function makeError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
