import type { Context } from 'almanac/provider';
import { z } from 'zod';
import { type Sample, sortSamples } from './derive-bars.js';
import type { Span } from './hourly-pages.js';
import { DAY } from './offers.js';
import { keyHeader, LARGEST_REPLY, type Options, urlOf } from './options.js';

const chart = z.object({ prices: z.array(z.tuple([z.number(), z.number().nullable()])) });

export interface SampleQuestion {
  readonly coin: string;
  readonly currency: string;
  readonly range: Span;
  /** The bars they are for. */
  readonly step: number;
}

/**
 * Prices at the moments they have, ascending. How dense they come is checked: prices too thin for
 * any bar would look like a time without trade.
 */
export async function askSamples(question: SampleQuestion, context: Context<Options>): Promise<Sample[]> {
  const { coin, currency, range, step } = question;
  const url = urlOf(context.options, `/coins/${encodeURIComponent(coin)}/market_chart/range`, {
    vs_currency: currency,
    from: String(Math.floor(range.start / 1000)),
    to: String(Math.ceil(range.end / 1000)),
  });
  const { prices } = await context.http.json(
    { url, headers: keyHeader(context.options), maxBytes: LARGEST_REPLY },
    chart,
  );
  const samples = sortSamples(prices);
  if (samples.length > 0 && !samples.some(({ time }) => time >= range.start - DAY && time <= range.end + DAY)) {
    throw context.error('MALFORMED', `it answered prices of another time, from ${samples[0]?.time} on`);
  }
  const usual = usualGap(samples);
  if (usual !== undefined && usual >= 2 * step) {
    const minutes = Math.round(usual / 60_000);
    throw context.error(
      'MALFORMED',
      `it answered prices ${minutes} minutes apart, too thin for ${step / 60_000}-minute bars`,
    );
  }
  return samples;
}

function usualGap(samples: readonly Sample[]): number | undefined {
  const gaps = samples.slice(1).map(({ time }, i) => time - (samples[i] as Sample).time);
  return gaps.length < 3 ? undefined : gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)];
}
