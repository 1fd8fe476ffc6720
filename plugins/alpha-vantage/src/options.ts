import { z } from 'zod';

/** `free`, or a premium plan by the requests a minute it has: `premium75`, `premium1200`. */
const PLAN = /^(free|premium([1-9]\d{0,4})?)$/;

export const options = z.strictObject({
  /** The root: `/query` follows it. */
  url: z.url({ protocol: /^https?$/, error: 'must be a http or https URL' }).default('https://www.alphavantage.co'),
  /** Required, but only when something is asked: what the provider can do is known without it. */
  apiKey: z.string().min(1, 'must not be empty').optional(),
  plan: z
    .string()
    .regex(PLAN, 'must be free, or premium with its requests a minute: premium75, premium150, premium300 …')
    .default('free'),
  /** Bars of 4:00 to 20:00 in New York, rather than of the session. */
  extendedHours: z.boolean().default(false),
});

export type AlphaVantageOptions = z.output<typeof options>;

/** Requests a minute; undefined on the free plan. The smallest premium plan has 75. */
export function premiumRate(plan: string): number | undefined {
  const [, name, rate] = PLAN.exec(plan) ?? [];
  return name === undefined || name === 'free' ? undefined : Number(rate ?? 75);
}
