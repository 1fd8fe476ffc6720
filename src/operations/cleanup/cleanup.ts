import { AlmanacError } from '../../market/almanac-error.js';
import { openReports, type Reports } from '../../store/reports/open-reports.js';
import type { StoreContext } from '../../store/store-context.js';
import type { SampleSize } from '../../store/upkeep/sample-blocks.js';
import { type Acted, type ActOptions, actOnFindings, type Outcome } from './act-on-findings.js';
import { type CleanupReport, type ReportedFinding, readFindings } from './cleanup-report.js';
import { planAudit } from './plan-audit.js';
import { type ValidateOptions, validateCache } from './validate-cache.js';

export interface CleanupRequest {
  readonly mode: 'validate' | 'act' | 'both';
  /** Only a part of all blocks, the next one round. */
  readonly sample?: SampleSize | undefined;
  readonly onYear?: ValidateOptions['onYear'];
  readonly onDone?: ActOptions['onDone'];
}

export interface Cleanup {
  /** Undefined where it only acted. */
  readonly report: CleanupReport | undefined;
  readonly findings: readonly ReportedFinding[];
  /** Undefined where it only reported. */
  readonly acted: Acted | undefined;
  /** What is still wrong: repairs that failed, and faults that nobody can mend. */
  readonly left: readonly Outcome[];
}

/** Judges a cache, or acts on what was found in it, or both. */
export async function cleanup(context: StoreContext, request: CleanupRequest): Promise<Cleanup> {
  const { files, lockTimeoutMs } = context;
  const reports = openReports(context.folder, { files, lockTimeoutMs });
  const report = request.mode === 'act' ? undefined : await judge(context, reports, request);
  const findings = report?.findings ?? (await findingsOnDisk(reports));
  if (request.mode === 'validate') return { report, findings, acted: undefined, left: [] };
  const acted = await actOnFindings(context, findings, { onDone: request.onDone });
  const left = acted.outcomes.filter(isLeft);
  await remember(context, reports, acted);
  return { report, findings, acted, left };
}

async function judge(
  context: StoreContext,
  reports: Reports,
  { sample, onYear }: CleanupRequest,
): Promise<CleanupReport> {
  const audit = sample === undefined ? undefined : await planAudit(context, reports, sample);
  const report = await validateCache(context, { audit, onYear });
  // A cache that is not there needs no report, and is not made for one.
  if ((await context.files.stat(context.folder)) === undefined) return report;
  await reports.change('cleanup', (current) => {
    if (audit === undefined) return report;
    // An audit has seen a part: what an earlier run found elsewhere still waits.
    const seen = new Set(report.findings.map(({ id }) => id));
    const earlier = (readFindings(current) ?? []).filter(({ id }) => !seen.has(id));
    return { ...report, findings: [...report.findings, ...earlier] };
  });
  await audit?.remember();
  return report;
}

async function findingsOnDisk(reports: Reports): Promise<readonly ReportedFinding[]> {
  const findings = readFindings(await reports.read('cleanup'));
  if (findings !== undefined) return findings;
  throw new AlmanacError('USAGE', `there is no report to act on in ${reports.fileOf('cleanup')}`, {
    suggestions: ['almanac cache cleanup --validate-only', 'almanac cache cleanup --validate-and-cleanup'],
  });
}

/** What was mended leaves the report, so that acting on it again does nothing. */
function remember(context: StoreContext, reports: Reports, { outcomes, repaired, quarantined }: Acted): Promise<void> {
  const done = new Set(
    outcomes.filter(({ outcome }) => outcome === 'repaired' || outcome === 'sound').map(({ finding }) => finding.id),
  );
  return reports.change('cleanup', (current) => ({
    ...(current as object),
    findings: (readFindings(current) ?? []).filter(({ id }) => !done.has(id)),
    acted: { at: new Date(context.now()).toISOString(), repaired, quarantined },
  }));
}

function isLeft({ outcome, finding }: Outcome): boolean {
  if (outcome === 'failed' || outcome === 'changed') return true;
  return outcome === 'kept' && finding.check !== 'foreign' && finding.check !== 'orphan';
}
