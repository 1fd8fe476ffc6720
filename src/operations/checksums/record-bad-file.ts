import { formatInstant } from '../../market/instant.js';
import type { Action, ChecksumFailure } from '../../store/checksums/checksum-failure.js';
import { failureKey } from '../../store/checksums/checksum-failure.js';
import type { ChecksumRegistry } from '../../store/checksums/open-registry.js';
import type { BadFile } from '../populate/bad-file.js';

export interface RecordTools {
  readonly registry: ChecksumRegistry;
  readonly now: () => number;
  /** Takes out of a text what nobody may see. */
  readonly redact: (text: string) => string;
}

const ACTION: Readonly<Record<BadFile['action'], Action>> = {
  'went-on': 'fell_back',
  proceeded: 'proceeded',
  unvouched: 'missing_checksum',
};

/** Writes down that a file is not what it should be: a new entry, or the file's own entry changed. */
export async function recordBadFile(bad: BadFile, tools: RecordTools): Promise<void> {
  const found = describe(bad, tools);
  await tools.registry.change((failures) => addFailure(failures, found));
}

function describe({ provider, file, expected, actual, etag, action }: BadFile, tools: RecordTools): ChecksumFailure {
  const { instrument, timeframe, period, name, url } = file;
  const at = formatInstant(tools.now());
  const taken = ACTION[action];
  return {
    symbol: instrument.symbol,
    interval: timeframe,
    date: name,
    ...(instrument.market === undefined ? {} : { market: instrument.market }),
    provider,
    via: period === 'month' ? 'archive-month' : 'archive-day',
    expected_checksum: expected,
    actual_checksum: actual,
    ...(taken === 'fell_back' ? {} : { stored_checksums: [actual] }),
    timestamp: at,
    first_seen: at,
    count: 1,
    action_taken: taken,
    url: tools.redact(withoutQuery(url)),
    ...(etag === undefined ? {} : { etag: tools.redact(etag).slice(0, 256) }),
  };
}

/** The same file has one entry: as of now, with how often and since when, and with all that was ever stored of it. */
export function addFailure(failures: readonly ChecksumFailure[], found: ChecksumFailure): ChecksumFailure[] {
  const before = failures.find((each) => failureKey(each) === failureKey(found));
  if (before === undefined) return [...failures, found];
  const stored = [...new Set([...(found.stored_checksums ?? []), ...(before.stored_checksums ?? [])])].slice(0, 16);
  const after: ChecksumFailure = {
    ...found,
    ...(stored.length === 0 ? {} : { stored_checksums: stored }),
    first_seen: before.first_seen,
    count: before.count + 1,
  };
  return failures.map((each) => (each === before ? after : each));
}

/** Where the file lies, and nothing that could be a key. */
function withoutQuery(url: string): string {
  try {
    const { origin, pathname } = new URL(url);
    return `${origin}${pathname}`.slice(0, 2000);
  } catch {
    return '';
  }
}
