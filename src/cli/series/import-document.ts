import { formatInstant } from '../../market/instant.js';
import { jobHead } from '../job-head.js';

interface Report {
  readonly accepted: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly rowsRead: number;
  readonly refused: readonly { readonly reason: string; readonly meaning: string; readonly count: number }[];
  readonly zoneAssumed: boolean;
  readonly put:
    | {
        readonly added: number;
        readonly replaced: number;
        readonly conflicts: number;
        readonly years: readonly number[];
        readonly repaired: readonly string[];
      }
    | undefined;
}

interface Job {
  readonly runId: string;
  readonly file: string;
  readonly symbol: string;
  readonly interval: string;
  readonly provider: string;
  readonly dryRun: boolean | undefined;
  readonly startedAt: Date;
}

/** A bar that is still open, or one that is there twice, is nothing lost. */
const HARMLESS = new Set(['not-closed', 'duplicate']);

export function statusOf({ accepted, refused }: Report): 'complete' | 'partial' | 'failed' {
  if (accepted === 0) return 'failed';
  return refused.some(({ reason }) => !HARMLESS.has(reason)) ? 'partial' : 'complete';
}

/** The one JSON document of an import: what every job says, its series, and what the file was. */
export function importDocument(report: Report, job: Job): Record<string, unknown> {
  const { put, first, last, ...file } = report;
  const { added = 0, replaced = 0, conflicts = 0, years = [], repaired = [] } = put ?? {};
  const { symbol, interval, provider } = job;
  const from = first === undefined ? null : formatInstant(first);
  const to = last === undefined ? null : formatInstant(last);
  const assumed = report.zoneAssumed ? ['the times name no zone; UTC is assumed'] : [];
  return {
    ...jobHead({ ...job, command: 'cache import' }, statusOf(report)),
    dryRun: job.dryRun === true,
    warnings: [...assumed, ...repaired],
    series: [{ symbol, interval, provider, from, to, rowsAdded: added, replaced, conflicts, years }],
    file: job.file,
    ...file,
    ...(report.accepted === 0 ? { error: describeNothing(report) } : {}),
  };
}

/** Why not one row was taken: the reason that refused most of them. */
function describeNothing({ rowsRead, refused }: Report): Record<string, unknown> {
  const [most] = [...refused].sort((a, b) => b.count - a.count);
  const rows = rowsRead === 1 ? 'the only row was' : `all ${rowsRead} rows were`;
  return {
    code: 'BARS_INVALID',
    message: most === undefined ? 'the file holds no row' : `${rows} refused, most of all: ${most.meaning}`,
    suggestions: ['almanac cache import --help'],
  };
}
