import { z } from 'zod';
import type { BarRequest, Context, Provider, Row } from '../../src/provider/index.js';
import { HOUR, PAGE } from './tiny-server.js';

const options = z.object({ url: z.url().default('https://tiny.example'), apiKey: z.string().optional() });
export type TinyOptions = z.output<typeof options>;

const cell = z.string().nullable();
export const page = z.object({ bars: z.array(z.tuple([z.number(), cell, cell, cell, cell, cell])) });
export type WireBar = z.output<typeof page>['bars'][number];

/** A provider that does everything right; every wrong one is this one with a single mistake. */
export const tiny = {
  api: 1,
  id: 'tiny',
  title: 'Tiny',
  options,
  credentials: [{ option: 'apiKey', env: [], required: false }],
  capabilities: ({ url }) => ({
    markets: [
      {
        assetClass: 'crypto',
        calendar: '24x7',
        volume: 'real',
        timeframes: [{ timeframe: '1h', barsPerRequest: PAGE }],
      },
    ],
    limits: { pools: { main: { concurrency: 2, windows: [{ name: 'minute', max: 600, perMs: 60_000 }] } } },
    hosts: [url],
  }),
  instrument: ({ symbol, assetClass }) =>
    assetClass === 'crypto' && /^[A-Z]{3,20}USDT$/.test(symbol) ? { symbol, native: symbol, assetClass } : undefined,
  bars: tinyBars,
  samples: {
    known: { symbol: 'TINYUSDT', timeframe: '1h', start: '2024-01-10', end: '2024-01-15' },
    unknown: 'NOPEUSDT',
  },
} as const satisfies Provider<TinyOptions>;

export async function* tinyBars(request: BarRequest, context: Context<TinyOptions>): AsyncIterable<readonly Row[]> {
  for await (const bars of pagesOf(request, context)) {
    const rows = bars.filter(([time]) => isWanted(time, request, context)).map(toRow);
    if (rows.length > 0) yield rows;
  }
}

/** Page after page, each beginning after the last bar of the one before. */
export async function* pagesOf(
  { instrument, start, end }: BarRequest,
  context: Context<TinyOptions>,
  advance = HOUR,
): AsyncIterable<readonly WireBar[]> {
  for (let from = start; from < end; ) {
    context.signal.throwIfAborted();
    const { bars } = await context.http.json(requestFor(instrument.native, from, end, context.options), page);
    yield bars;
    if (bars.length < PAGE) return;
    from = (bars.at(-1) as WireBar)[0] + advance;
  }
}

export function requestFor(symbol: string, from: number, to: number, { url, apiKey }: TinyOptions) {
  const headers: Readonly<Record<string, string>> = apiKey === undefined ? {} : { 'x-tiny-key': apiKey };
  return { url: new URL(`/bars?symbol=${encodeURIComponent(symbol)}&from=${from}&to=${to}`, url), headers };
}

export function isWanted(time: number, { start, end }: BarRequest, context: Context<TinyOptions>): boolean {
  return time >= start && time < end && time + HOUR <= context.now();
}

export function toRow([time, open, high, low, close, volume]: WireBar): Row {
  return { time, open, high, low, close, volume };
}
