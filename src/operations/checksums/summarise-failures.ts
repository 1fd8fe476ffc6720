import type { Action, ChecksumFailure } from '../../store/checksums/checksum-failure.js';

/** The files of one symbol and interval that met the same end. */
export interface FailureGroup {
  readonly symbol: string;
  readonly interval: string;
  readonly action_taken: Action;
  readonly files: number;
  /** How often they failed, all together. */
  readonly failures: number;
  /** Periods of the first and the last file. */
  readonly firstDate: string;
  readonly lastDate: string;
  /** When the first failed for the first time, and the last for the last. */
  readonly firstSeen: string;
  readonly lastSeen: string;
}

export function summariseFailures(failures: readonly ChecksumFailure[]): FailureGroup[] {
  const groups = new Map<string, FailureGroup>();
  for (const { symbol, interval, action_taken, date, count, first_seen, timestamp } of failures) {
    const key = [symbol, interval, action_taken].join(' ');
    const group = groups.get(key);
    groups.set(key, {
      symbol,
      interval,
      action_taken,
      files: (group?.files ?? 0) + 1,
      failures: (group?.failures ?? 0) + count,
      firstDate: least(group?.firstDate, date),
      lastDate: most(group?.lastDate, date),
      firstSeen: least(group?.firstSeen, first_seen),
      lastSeen: most(group?.lastSeen, timestamp),
    });
  }
  return [...groups.values()];
}

function least(a: string | undefined, b: string): string {
  return a === undefined || b < a ? b : a;
}

function most(a: string | undefined, b: string): string {
  return a === undefined || b > a ? b : a;
}
