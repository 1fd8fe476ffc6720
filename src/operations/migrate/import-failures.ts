import { z } from 'zod';
import type { SourceTree } from '../../legacy/source-tree.js';
import { formatInstant } from '../../market/instant.js';
import { parseTimeframe } from '../../market/timeframe.js';
import {
  type Action,
  type ChecksumFailure,
  checksumFailure,
  failureKey,
} from '../../store/checksums/checksum-failure.js';
import type { ChecksumRegistry } from '../../store/checksums/open-registry.js';

export interface ImportedFailures {
  readonly path: string;
  /** Records in it, several of which may be of one file. */
  readonly records: number;
  /** Files that the registry did not know. */
  readonly added: number;
  /** Records that say too little to be kept. */
  readonly refused: number;
}

const record = z.looseObject({
  symbol: z.string(),
  interval: z.string(),
  date: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  expected_checksum: z.string().catch(''),
  actual_checksum: z.string().catch(''),
  timestamp: z.string(),
  action_taken: z.string().catch(''),
});

export const isFailureRegistry = (path: string): boolean => /(^|\/)checksum_failures\/registry\.json$/.test(path);

/** What an old tool wrote down of archive files that did not match, into the cache's own registry. */
export async function importFailures(
  path: string,
  tree: SourceTree,
  registry: ChecksumRegistry,
  dryRun: boolean,
): Promise<ImportedFailures> {
  const records = await readRecords(path, tree);
  const read = records.map(translate);
  const files = new Map<string, ChecksumFailure>();
  for (const failure of read.filter((each) => each !== undefined)) {
    const before = files.get(failureKey(failure));
    files.set(failureKey(failure), before === undefined ? failure : join(before, failure));
  }
  const known = new Set((await registry.read()).failures.map(failureKey));
  const fresh = [...files.values()].filter((failure) => !known.has(failureKey(failure)));
  if (fresh.length > 0 && !dryRun) {
    await registry.change((failures) => {
      const there = new Set(failures.map(failureKey));
      return [...failures, ...fresh.filter((failure) => !there.has(failureKey(failure)))];
    });
  }
  const refused = read.filter((each) => each === undefined).length;
  return { path, records: records.length, added: fresh.length, refused };
}

async function readRecords(path: string, tree: SourceTree): Promise<readonly unknown[]> {
  const file = await tree.open(path);
  try {
    const document: unknown = JSON.parse(new TextDecoder().decode(await file.read(0, file.bytes)));
    return Array.isArray(document) ? document : [];
  } catch {
    return [];
  } finally {
    await file.close();
  }
}

/** The old words: `skipped`, `cached_anyway`, `error: …`. Its times name no zone and were some machine's; they are read as UTC. */
function translate(found: unknown): ChecksumFailure | undefined {
  const { data } = record.safeParse(found);
  const interval = data && parseTimeframe(data.interval);
  const at = data && Date.parse(/Z$|[+-]\d\d:\d\d$/.test(data.timestamp) ? data.timestamp : `${data.timestamp}Z`);
  if (data === undefined || interval === undefined || at === undefined || Number.isNaN(at)) return undefined;
  const timestamp = formatInstant(at);
  const actual = hexOf(data.actual_checksum);
  const action: Action = data.action_taken === 'cached_anyway' ? 'proceeded' : 'fell_back';
  const failure = {
    symbol: data.symbol,
    interval,
    date: data.date,
    provider: 'binance',
    via: 'archive-day',
    expected_checksum: hexOf(data.expected_checksum),
    actual_checksum: actual,
    ...(action === 'proceeded' && actual !== '' ? { stored_checksums: [actual] } : {}),
    timestamp,
    first_seen: timestamp,
    count: 1,
    action_taken: action,
    url: '',
    imported_action: data.action_taken.slice(0, 200),
    imported_timestamp: data.timestamp.slice(0, 40),
  };
  return checksumFailure.safeParse(failure).data;
}

/** The old tool writes `unknown` and `error` where it had no checksum. */
function hexOf(text: string): string {
  return /^[0-9a-f]{64}$/i.test(text) ? text.toLowerCase() : '';
}

/** One file has one entry, as of its latest record; keeping a bad file took two records, and was one failure. */
function join(a: ChecksumFailure, b: ChecksumFailure): ChecksumFailure {
  const [earlier, later] = a.timestamp <= b.timestamp ? [a, b] : [b, a];
  const count = a.count + (b.action_taken === 'proceeded' ? 0 : b.count);
  const stored = [...new Set([...(a.stored_checksums ?? []), ...(b.stored_checksums ?? [])])].slice(0, 16);
  return {
    ...later,
    first_seen: earlier.first_seen,
    count: Math.max(1, count),
    ...(stored.length === 0 ? {} : { stored_checksums: stored }),
  };
}
