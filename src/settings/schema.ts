import { z } from 'zod';

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be a http or https URL' });
const socketUrl = z.url({ protocol: /^wss?$/, error: 'must be a ws or wss URL' });
const secret = z.string().min(1, 'must not be empty');
const names = z.array(z.string().min(1)).min(1, 'must name at least one');
const count = z.number().int().positive('must be above zero');

const providers = z
  .strictObject({
    binance: z
      .strictObject({
        restUrl: httpUrl,
        futuresUrl: httpUrl,
        coinFuturesUrl: httpUrl,
        archiveUrl: httpUrl,
        archiveListUrl: httpUrl,
      })
      .partial(),
    deriv: z.strictObject({ url: socketUrl, appId: z.string().min(1), token: secret }).partial(),
    yahoo: z.strictObject({ url: httpUrl }).partial(),
    'alpha-vantage': z
      .strictObject({ url: httpUrl, apiKey: secret, plan: z.string().min(1), extendedHours: z.boolean() })
      .partial(),
    coingecko: z
      .strictObject({
        url: httpUrl,
        plan: z.enum(['none', 'demo', 'pro']),
        apiKey: secret,
        coins: z.record(z.string(), z.string()),
      })
      .partial(),
  })
  .partial()
  // A provider from somebody else has its options here too, and checks them itself.
  .catchall(z.record(z.string(), z.unknown()));

const limit = z
  .strictObject({
    concurrency: count,
    windows: z.array(z.strictObject({ name: z.string().min(1), max: count, perMs: count })),
  })
  .partial();

/** Everything a settings file may say; every key is optional, and one that is not here is an error. */
export const fileSchema = z
  .strictObject({
    $schema: z.string(),
    cacheDir: z.string().min(1, 'must name a folder'),
    providers,
    watch: z.array(z.strictObject({ symbols: names, intervals: names, since: z.string().optional() })),
    limits: z.record(z.string(), limit),
    routes: z.array(
      z.strictObject({
        match: z.string().min(1),
        intervals: names.optional(),
        providers: names,
        fill: z.array(z.string()).optional(),
      }),
    ),
    calendars: z.array(z.strictObject({ match: z.string().min(1), calendar: z.string().min(1) })),
  })
  .partial();

export type FileSettings = z.infer<typeof fileSchema>;

/** The keys an object of the schema knows at a path, for naming the one that was meant. */
export function knownKeys(at: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = fileSchema;
  for (const step of at) schema = childOf(unwrap(schema), step);
  const object = unwrap(schema);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function childOf(schema: unknown, step: PropertyKey): unknown {
  if (schema instanceof z.ZodObject) return (schema.shape as Record<PropertyKey, unknown>)[step];
  if (schema instanceof z.ZodArray) return schema.element;
  return schema instanceof z.ZodRecord ? schema.valueType : undefined;
}

function unwrap(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? unwrap(schema.unwrap()) : schema;
}
