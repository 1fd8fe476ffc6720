import type { Bars } from '../../market/bars.js';
import { formatInstant } from '../../market/instant.js';
import type { Checksum } from '../../provider/index.js';
import { admitAll } from '../../sources/fetch-bars.js';
import type { Host } from '../../sources/host/create-host.js';
import type { Action, ChecksumFailure } from '../../store/checksums/checksum-failure.js';
import type { PutProvenance, Store } from '../../store/face.js';
import { readArchiveFile, whyUnusable } from '../populate/read-archive-file.js';
import type { FileOutcome } from './file-outcome.js';
import { type Located, locateFile } from './locate-file.js';
import { storeVerified } from './store-verified.js';

/** Fetches one file again, and stores its bars when its checksum holds; what is thrown is about the provider. */
export async function retryFile(
  failure: ChecksumFailure,
  host: Host,
  tools: { readonly store: Store; readonly now: () => number },
): Promise<FileOutcome> {
  const { context, traffic } = host.metered();
  const own = { ...host, context };
  const at = formatInstant(tools.now());
  const failed = (reason: string, seen: Partial<ChecksumFailure> = {}, times = 1): FileOutcome => {
    const action_taken: Action = 'retried_failed';
    const after = { ...failure, action_taken, timestamp: at, count: failure.count + times, ...seen };
    return { failure: after, result: 'failed', reason, ...traffic };
  };
  const located = locateFile(failure, own);
  if (located === undefined) return failed('its provider knows no such file', {}, 0);
  const reading = await readArchiveFile(located.file, { host: own, context, traffic }, 'require');
  if (reading.state === 'absent') return failed('it is not there any more', {}, 0);
  if (reading.state === 'unusable') return failed(reading.reason);
  if (reading.state === 'mismatch') return failed('it still does not match its checksum', checksumsOf(reading));
  if (reading.checksum !== 'verified') {
    // A state of its own: nothing speaks against the file, and still nothing for it.
    const { action_taken } = failure;
    const stays = action_taken === 'missing_checksum' ? { action_taken, actual_checksum: reading.actual } : {};
    return failed('it has no checksum', stays, 0);
  }
  const before = traffic.bytes;
  const batches: Bars[] = [];
  try {
    for await (const bars of admit(located, own, reading.batches)) batches.push(bars);
  } catch (error) {
    const reason = whyUnusable(error, traffic.bytes > before);
    if (reason === undefined) throw error;
    return failed(reason, checksumsOf(reading));
  }
  const { instrument, timeframe, file } = located;
  const provenance = provenanceOf(failure, located, host, { ...reading, at });
  const series = tools.store.series(instrument.symbol, timeframe);
  const stored = await storeVerified(batches, file, failure, provenance, series, instrument.assetClass);
  const { stored_checksums: _, etag: __, ...rest } = failure;
  const after: ChecksumFailure = {
    ...rest,
    ...checksumsOf(reading),
    ...(reading.etag === undefined ? {} : { etag: reading.etag }),
    timestamp: at,
    action_taken: 'retried_success',
  };
  return { failure: after, result: 'verified', ...stored, ...traffic };
}

function admit({ file, sessions }: Located, host: Host, batches: Parameters<typeof admitAll>[2]): AsyncIterable<Bars> {
  return admitAll(host, file, batches, { sessions });
}

function checksumsOf({
  expected = '',
  actual,
}: Checksum): Pick<ChecksumFailure, 'expected_checksum' | 'actual_checksum'> {
  return { expected_checksum: expected, actual_checksum: actual };
}

function provenanceOf(
  { provider, via }: ChecksumFailure,
  { derived }: Located,
  { origin }: Host,
  { actual, etag, at }: Checksum & { readonly etag?: string; readonly at: string },
): PutProvenance {
  return {
    ...{ provider, via, derived, fetchedAt: at, checksum: actual },
    ...(etag === undefined ? {} : { etag }),
    ...(origin === undefined ? {} : { origin }),
  };
}
