import { formatInstant } from '../../market/instant.js';
import { EXIT } from '../exit-codes.js';
import { jobHead } from '../job-head.js';
import {
  type Migrated,
  type MigratedFile,
  type MigratedSeries,
  type MovedFile,
  notesOf,
  reachOf,
  sumOf,
} from './migrated.js';

interface Job {
  readonly runId: string;
  readonly startedAt: Date;
  readonly dryRun: boolean;
  readonly from: string;
  readonly cache: string;
  readonly moved: readonly MovedFile[] | undefined;
}

/** Files that hold bars and were not taken, or whose rows did not read back: something of what was asked is missing. */
export function statusOfMigrate(
  { series, refused }: Pick<Migrated, 'series' | 'refused'>,
  moved: readonly MovedFile[] = [],
): 'complete' | 'partial' | 'failed' {
  const files = series.flatMap((each) => each.files);
  const good = files.filter(({ state }) => state !== 'failed').length;
  const lost =
    files.length > good ||
    refused.some(({ loss }) => loss) ||
    series.some(({ error }) => error !== undefined) ||
    moved.some(({ reason }) => reason !== undefined);
  if (!lost) return 'complete';
  return good === 0 && files.length > 0 ? 'failed' : 'partial';
}

export const EXIT_OF_MIGRATE = { complete: EXIT.done, partial: EXIT.partial, failed: EXIT.failure } as const;

/** The one JSON document of a migration; paths are relative to the old cache. */
export function migrateDocument(report: Migrated, job: Job): Record<string, unknown> {
  const { series, refused, foreign, failures } = report;
  const files = series.flatMap((each) => each.files.map((file) => ({ each, file })));
  files.sort((a, b) => (a.file.source.claim.path < b.file.source.claim.path ? -1 : 1));
  const failed = files.filter(({ file }) => file.state === 'failed');
  return {
    ...jobHead({ ...job, command: 'cache migrate' }, statusOfMigrate(report, job.moved)),
    dryRun: job.dryRun,
    warnings: series.flatMap(({ symbol, timeframe, warnings }) =>
      warnings.map((text) => `${symbol} ${timeframe}: ${text}`),
    ),
    from: job.from,
    cache: job.cache,
    series: series.map(describeSeries),
    found: files.map(({ each, file }) => describeFound(each, file)),
    migrated: files
      .filter(({ file }) => file.state === 'proved')
      .map(({ each, file }) => ({
        path: file.source.claim.path,
        symbol: each.symbol,
        interval: each.timeframe,
        provider: file.source.claim.provider,
        rows: file.survey.admitted,
        rowsAdded: file.added,
        sha256: file.survey.sha256,
      })),
    already: files.filter(({ file }) => file.state === 'already').map(({ file }) => file.source.claim.path),
    refused: [
      ...refused.map(({ path, code, reason }) => ({ path, code, reason })),
      ...failed.map(({ file }) => ({ path: file.source.claim.path, code: 'NOT_PROVED', reason: file.reason ?? '' })),
    ],
    foreign,
    conflicts: sumOf(series, ({ conflicts }) => conflicts),
    conflictExamples: series.flatMap(({ symbol, timeframe: interval, clashes }) =>
      clashes.map(({ time, column, kept, keptFrom = null, lost, lostFrom }) => ({
        ...{ symbol, interval, time: formatInstant(time), column },
        ...{ kept: orNull(kept), keptFrom, lost: orNull(lost), lostFrom },
      })),
    ),
    checksumFailures: failures,
    ...(job.moved === undefined ? {} : { moved: job.moved.map(({ path, reason }) => ({ path, reason })) }),
  };
}

/** An absent value has no number in JSON. */
function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function describeSeries({ symbol, timeframe, files, added, conflicts, error }: MigratedSeries) {
  const { first, last } = reachOf(files);
  const rejected = new Map<string, number>();
  for (const { survey } of files) {
    for (const [reason, count] of survey.refused) rejected.set(reason, (rejected.get(reason) ?? 0) + count);
  }
  return {
    symbol,
    interval: timeframe,
    provider: [...new Set(files.map(({ source }) => source.claim.provider))].join(', '),
    from: formatInstant(first),
    to: formatInstant(last),
    files: files.length,
    rows: sumOf(files, ({ survey }) => survey.admitted),
    rowsAdded: added,
    conflicts,
    rejected: [...rejected].map(([reason, count]) => ({ reason, count })),
    ...(error === undefined ? {} : { error: { code: error.code, message: error.message } }),
  };
}

function describeFound({ symbol, timeframe }: MigratedSeries, file: MigratedFile) {
  const { source, survey, zone, state } = file;
  const { path, layout, confidence, provider } = source.claim;
  const notes = notesOf(file);
  const [from, to] = [formatInstant(survey.first), formatInstant(survey.last)];
  const { rows, bytes } = survey;
  return { path, layout, confidence, symbol, interval: timeframe, provider, zone, rows, from, to, bytes, state, notes };
}
