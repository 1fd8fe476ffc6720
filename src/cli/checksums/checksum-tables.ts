import { formatCount } from '../terminal/format.js';
import { type Column, renderTable } from '../terminal/table.js';
import type { Terminal } from '../terminal/terminal.js';

interface Failure {
  readonly symbol: string;
  readonly interval: string;
  readonly date: string;
  readonly action_taken: string;
  readonly count: number;
  readonly timestamp: string;
  readonly provider: string;
  readonly expected_checksum: string;
  readonly actual_checksum: string;
}

const LIST: readonly Column[] = [
  { title: 'SYMBOL', shrinkTo: 8 },
  { title: 'INTERVAL' },
  { title: 'DATE' },
  { title: 'ACTION' },
  { title: 'TIMES', align: 'right', drop: 2 },
  { title: 'LAST SEEN', drop: 3 },
  { title: 'PROVIDER', drop: 4 },
  { title: 'EXPECTED', shrinkTo: 9, drop: 1 },
  { title: 'ACTUAL', shrinkTo: 9, drop: 1 },
];

export function listChecksums(failures: readonly Failure[], terminal: Terminal): string[] {
  const rowOf = (each: Failure, expected: string, seen: string): string[] => [
    each.symbol,
    each.interval,
    each.date,
    each.action_taken,
    `${each.count}`,
    seen,
    each.provider,
    expected,
    each.actual_checksum,
  ];
  const rows = failures.map((each) => {
    const seen = `${each.timestamp.slice(0, 10)} ${each.timestamp.slice(11, 16)}`;
    return rowOf(each, each.expected_checksum || 'none', seen);
  });
  const plain = failures.map((each) => rowOf(each, each.expected_checksum, each.timestamp));
  return renderTable(LIST, rows, terminal, plain);
}

interface Group {
  readonly symbol: string;
  readonly interval: string;
  readonly action_taken: string;
  readonly files: number;
  readonly failures: number;
  readonly firstDate: string;
  readonly lastDate: string;
  readonly lastSeen: string;
}

const SUMMARY: readonly Column[] = [
  { title: 'SYMBOL', shrinkTo: 8 },
  { title: 'INTERVAL' },
  { title: 'ACTION' },
  { title: 'FILES', align: 'right' },
  { title: 'TIMES', align: 'right', drop: 1 },
  { title: 'FIRST' },
  { title: 'LAST' },
  { title: 'LAST SEEN', drop: 2 },
];

export function summariseChecksums(groups: readonly Group[], terminal: Terminal): string[] {
  const rowOf = (each: Group, count: (value: number) => string): string[] => [
    each.symbol,
    each.interval,
    each.action_taken,
    count(each.files),
    count(each.failures),
    each.firstDate,
    each.lastDate,
    each.lastSeen,
  ];
  const rows = groups.map((each) => rowOf(each, formatCount));
  const plain = groups.map((each) => rowOf(each, String));
  return renderTable(SUMMARY, rows, terminal, plain);
}

interface Outcome {
  readonly failure: Failure;
  readonly result: string;
  readonly reason?: string;
  readonly added?: number;
  readonly replaced?: number;
  readonly removed?: number;
  readonly conflicts?: number;
}

const RETRIED: readonly Column[] = [
  { title: 'SYMBOL', shrinkTo: 8 },
  { title: 'INTERVAL' },
  { title: 'DATE' },
  { title: 'RESULT' },
  { title: 'ADDED', align: 'right' },
  { title: 'REPLACED', align: 'right' },
  { title: 'REMOVED', align: 'right', drop: 1 },
  { title: 'WHY', shrinkTo: 12, wrap: true },
];

export function listRetried(outcomes: readonly Outcome[], terminal: Terminal): string[] {
  const rowOf = ({ failure, ...each }: Outcome, count: (value: number) => string): string[] => [
    failure.symbol,
    failure.interval,
    failure.date,
    each.result,
    each.added === undefined ? '' : count(each.added),
    each.replaced === undefined ? '' : count(each.replaced),
    each.removed === undefined ? '' : count(each.removed),
    each.reason ?? '',
  ];
  const rows = outcomes.map((each) => rowOf(each, formatCount));
  const plain = outcomes.map((each) => rowOf(each, String));
  return renderTable(RETRIED, rows, terminal, plain);
}

/** One finished file, in a line. */
export function describeRetried({ failure, result, reason, conflicts = 0 }: Outcome): string {
  const name = `${failure.symbol} ${failure.interval} ${failure.date}`;
  const stayed = conflicts === 0 ? '' : `; ${formatCount(conflicts)} rows from elsewhere differ, and stayed`;
  return `${name}: ${result}${reason === undefined ? '' : `, ${reason}`}${stayed}`;
}
