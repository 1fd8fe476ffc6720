import type { AlmanacError } from '../../market/almanac-error.js';
import { hasCode } from '../../market/almanac-error.js';
import type { Host } from '../../sources/host/create-host.js';
import { isProviderError } from '../../sources/provider-error.js';
import { type ChecksumFailure, failureKey } from '../../store/checksums/checksum-failure.js';
import type { ChecksumRegistry } from '../../store/checksums/open-registry.js';
import type { Store } from '../../store/face.js';
import type { FileOutcome } from './file-outcome.js';
import { retryFile } from './retry-file.js';

export interface RetryTools {
  readonly registry: ChecksumRegistry;
  readonly store: Store;
  readonly host: (provider: string) => Promise<Host>;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly report: (outcome: FileOutcome) => void;
}

export interface RetryReport {
  readonly files: readonly FileOutcome[];
  readonly interrupted: boolean;
}

/** One after another so many in a row, and a provider is taken for down. */
const GIVE_UP_AFTER = 3;

/** Fetches files that failed once more, one after another; a verified one is stored before its entry says so. */
export async function retryFailures(chosen: readonly ChecksumFailure[], tools: RetryTools): Promise<RetryReport> {
  const files: FileOutcome[] = [];
  const stopped = new Map<string, string>();
  const silent = new Map<string, number>();
  for (const failure of chosen) {
    if (tools.signal.aborted) break;
    const { provider } = failure;
    const why = stopped.get(provider);
    const outcome = why === undefined ? await attempt(failure, tools, stopped, silent) : unreached(failure, why);
    if (outcome === undefined) break;
    files.push(outcome);
    tools.report(outcome);
  }
  return { files, interrupted: tools.signal.aborted };
}

/** Undefined: interrupted in the middle, and nothing was changed. */
async function attempt(
  failure: ChecksumFailure,
  tools: RetryTools,
  stopped: Map<string, string>,
  silent: Map<string, number>,
): Promise<FileOutcome | undefined> {
  const { provider } = failure;
  try {
    const outcome = await retryFile(failure, await tools.host(provider), tools);
    silent.set(provider, 0);
    await tools.registry.change((failures) => exchange(failures, outcome.failure));
    return outcome;
  } catch (error) {
    if (tools.signal.aborted) return undefined;
    if (!isProviderError(error) && !hasCode(error, 'PROVIDER_UNKNOWN') && !hasCode(error, 'PROVIDER_INVALID'))
      throw error;
    const { message } = error as AlmanacError;
    const failures = hasCode(error, 'UNAVAILABLE') ? (silent.get(provider) ?? 0) + 1 : GIVE_UP_AFTER;
    silent.set(provider, failures);
    // What one file's own trouble is, `retryFile` says; an error is about the provider.
    if (failures >= GIVE_UP_AFTER) stopped.set(provider, message);
    return unreached(failure, message);
  }
}

function unreached(failure: ChecksumFailure, reason: string): FileOutcome {
  return { failure, result: 'unreached', reason };
}

/** What somebody has cleared meanwhile stays cleared. */
function exchange(failures: readonly ChecksumFailure[], after: ChecksumFailure): readonly ChecksumFailure[] {
  const before = failures.find((each) => failureKey(each) === failureKey(after));
  return before === undefined ? failures : failures.map((each) => (each === before ? after : each));
}
