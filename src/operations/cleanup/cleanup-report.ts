import type { Action, Check, Finding } from '../../store/upkeep/finding.js';
import type { Seen } from '../../store/upkeep/year-subject.js';

/** What was looked at in one step, how much of it, what was found, and how long it took. */
export interface StepReport {
  readonly name: string;
  readonly looked: number;
  readonly findings: number;
  readonly seconds: number;
}

/** A finding as the report keeps it: with the files as they were, so that acting knows whether they still are. */
export interface ReportedFinding extends Finding {
  readonly symbol?: string | undefined;
  readonly interval?: string | undefined;
  readonly year?: number | undefined;
  readonly seen?: readonly Seen[] | undefined;
}

export interface Quarantined {
  readonly id: string;
  readonly at: string;
  readonly from: string;
  readonly reason: string;
  readonly files: readonly string[];
  readonly bytes: number;
  /** Whether its manifest is there, which says where to. */
  readonly restorable: boolean;
}

export interface SeriesSummary {
  readonly symbol: string;
  readonly interval: string;
  readonly years: number;
  readonly blocks: number;
  readonly rows: number;
  readonly findings: number;
}

/** The document of `cleanup-report.json`. */
export interface CleanupReport {
  readonly schemaVersion: 1;
  readonly generatedAt: string;
  readonly steps: readonly StepReport[];
  readonly series: readonly SeriesSummary[];
  readonly findings: readonly ReportedFinding[];
  readonly quarantine: readonly Quarantined[];
  /** Generations before, which repairs draw on: how many files, and their size. They are kept. */
  readonly previous: { readonly files: number; readonly bytes: number };
  /** Of an audit: how much of the cache was read. */
  readonly sample?: { readonly blocks: number; readonly of: number; readonly turned: boolean } | undefined;
}

const CHECKS: ReadonlySet<string> = new Set<Check>([
  'sidecar',
  'hash',
  'gzip',
  'rows',
  'rules',
  'provenance',
  'orphan',
  'temporary',
  'foreign',
  'quarantine',
  'report',
  'registry',
  'unreadable',
]);
const ACTIONS: ReadonlySet<string> = new Set<Action>([
  'none',
  'roll-forward',
  'rebuild',
  'salvage',
  'sweep',
  'quarantine',
]);

/** The findings of a report as it lies on disk, where anybody can edit it; undefined where there is none to act on. */
export function readFindings(document: unknown): readonly ReportedFinding[] | undefined {
  if (typeof document !== 'object' || document === null) return undefined;
  const { schemaVersion, findings } = document as Record<string, unknown>;
  if (schemaVersion !== 1 || !Array.isArray(findings)) return undefined;
  return findings.every(isFinding) ? findings : undefined;
}

function isFinding(value: unknown): value is ReportedFinding {
  const { id, path, check, detail, action, seen, year } = (value ?? {}) as Record<string, unknown>;
  const texts = [id, path, check, detail, action].every((each) => typeof each === 'string');
  const plain = texts && !(path as string).split('/').some((part) => part === '' || part === '.' || part === '..');
  return (
    plain &&
    CHECKS.has(check as string) &&
    ACTIONS.has(action as string) &&
    (seen === undefined || Array.isArray(seen)) &&
    (year === undefined || Number.isInteger(year))
  );
}
