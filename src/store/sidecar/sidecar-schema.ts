import { z } from 'zod';
import { COLUMN_NAME, MOST_COLUMNS } from './column-names.js';
import { type Sidecar, VIAS } from './sidecar.js';

const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);

/** Loose where a later version may add a name, strict in what the names hold. */
export const sidecarSchema = z.looseObject({
  schemaVersion: z.literal(1),
  generation: count,
  symbol: z.string(),
  timeframe: z.string(),
  year: z.int(),
  assetClass: z.string(),
  calendar: z.string(),
  timezone: z.string(),
  columns: z
    .array(z.string().regex(COLUMN_NAME))
    .min(2)
    .max(1 + MOST_COLUMNS),
  rows: count,
  first: instant.optional(),
  last: instant.optional(),
  file: z.object({ bytes: count, sha256, headerBytes: count }),
  blocks: z.array(
    z.object({
      period: z.string().regex(/^\d{4}-\d\d(-\d\d)?$/),
      rows: z.int().min(1),
      first: instant,
      last: instant,
      offset: count,
      length: z.int().min(1),
      sha256,
      textSha256: sha256,
    }),
  ),
  provenance: z.array(
    z.object({
      from: instant,
      to: instant,
      provider: z.string(),
      via: z.enum(VIAS),
      fetchedAt: instant,
      rows: count,
      checksum: z.string().optional(),
      etag: z.string().optional(),
      derived: z.boolean(),
      origin: z.string().optional(),
    }),
  ),
  explained: z.array(
    z.object({ from: instant, to: instant, reason: z.string(), providers: z.array(z.string()), checkedAt: instant }),
  ),
  rejected: z.array(z.object({ reason: z.string(), count })),
  writtenBy: z.string(),
  updatedAt: instant,
}) satisfies z.ZodType<Sidecar>;
