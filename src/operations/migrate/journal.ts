import { z } from 'zod';
import type { Claim, LeftOut } from '../../legacy/reader.js';
import type { Reason } from '../../market/bar-rules.js';
import type { Reports } from '../../store/reports/open-reports.js';
import type { Survey } from './survey-source.js';

const counts = z.record(z.string(), z.number());
const entry = z.object({
  bytes: z.number(),
  modified: z.number(),
  sha256: z.string(),
  layout: z.string(),
  provider: z.string(),
  symbol: z.string(),
  interval: z.string(),
  zone: z.string(),
  rows: z.number(),
  admitted: z.number(),
  columns: z.number(),
  first: z.number(),
  last: z.number(),
  closedBy: z.number(),
  ordered: z.boolean(),
  periods: counts,
  refused: counts,
  companions: z.array(z.string()),
});
const document = z.object({ schemaVersion: z.literal(1), from: z.string(), files: z.record(z.string(), z.unknown()) });

/** A file whose every row was read back from the cache: what it was, and what it gave. */
export type JournalEntry = Readonly<z.infer<typeof entry>>;

export interface Journal {
  read(): Promise<ReadonlyMap<string, JournalEntry>>;
  /** Adds to what is there; durable when it returns. */
  add(entries: ReadonlyMap<string, JournalEntry>): Promise<void>;
}

/** What was migrated of one folder, so that a second run does nothing and a stopped one goes on. Losing it costs time alone. */
export function openJournal(reports: Reports, from: string, id: string): Journal {
  const name = `migration-${id}` as const;
  return {
    read: async () => readEntries(await reports.read(name)),
    async add(entries) {
      if (entries.size === 0) return;
      await reports.change(name, (current) => {
        const files = new Map([...readEntries(current), ...entries]);
        const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
        return { schemaVersion: 1, from, files: Object.fromEntries(sorted) };
      });
    },
  };
}

function readEntries(found: unknown): Map<string, JournalEntry> {
  const parsed = document.safeParse(found);
  if (!parsed.success) return new Map();
  const sound = Object.entries(parsed.data.files).map(([path, each]) => [path, entry.safeParse(each).data] as const);
  return new Map(sound.filter((pair): pair is [string, JournalEntry] => pair[1] !== undefined));
}

export function writeEntry(claim: Claim, survey: Survey, zone: string): JournalEntry {
  const { bytes, modified, sha256, rows, admitted, columns, first, last, closedBy, ordered } = survey;
  const facts = { bytes, modified, sha256, rows, admitted, columns, first, last, closedBy, ordered };
  const { layout, provider, symbol, timeframe: interval } = claim;
  const companions = [...claim.companions];
  const periods = Object.fromEntries(survey.periods);
  return {
    ...facts,
    layout,
    provider,
    symbol,
    interval,
    zone,
    companions,
    periods,
    refused: Object.fromEntries(survey.refused),
  };
}

/** What was found in the file then, where it is still the same file, taken for the same. */
export function recall(
  before: JournalEntry | undefined,
  claim: Claim,
  now: { readonly bytes: number; readonly modified: number },
  zone: string,
): Survey | undefined {
  if (before === undefined || before.bytes !== now.bytes || before.modified !== now.modified) return undefined;
  const { layout, provider, symbol, timeframe } = claim;
  const told = [before.layout, before.provider, before.symbol, before.interval, before.zone].join('\n');
  if (told !== [layout, provider, symbol, timeframe, zone].join('\n')) return undefined;
  const refused = new Map(Object.entries(before.refused) as [Reason | LeftOut, number][]);
  return { ...before, periods: new Map(Object.entries(before.periods)), refused };
}
