import type { ArchiveFile, ArchiveReading, ArchiveReadOptions, Context } from '../../provider/index.js';
import type { Host, Traffic } from '../../sources/host/create-host.js';
import { isProviderError } from '../../sources/provider-error.js';

/** A file that is there and cannot be used: cut, damaged, or too large. Whoever asked goes on without it. */
export interface Unusable {
  readonly state: 'unusable';
  readonly reason: string;
}

/** The host with an account of its own. */
export interface Metered {
  readonly host: Host;
  readonly context: Context<unknown>;
  readonly traffic: Traffic;
}

/**
 * Fetches and proves one file. What may have happened on the way (a body that broke off, bytes that are not the ones
 * vouched for) is given a second chance; the host itself repeats requests, and not bodies.
 */
export async function readArchiveFile(
  file: ArchiveFile,
  { host, context, traffic }: Metered,
  checksum: ArchiveReadOptions['checksum'],
): Promise<ArchiveReading | Unusable> {
  const { archive } = host.provider;
  if (archive === undefined) return { state: 'absent' };
  for (let attempt = 1; ; attempt++) {
    const again = attempt === 1;
    const before = traffic.bytes;
    try {
      const reading = await archive.read(file, context, { checksum });
      if (again && reading.state !== 'absent' && reading.checksum === 'mismatch') continue;
      return reading;
    } catch (cause) {
      const error = blame(cause, host);
      const reason = whyUnusable(error, traffic.bytes > before);
      if (reason === undefined) throw error;
      if (again && !isTooMuch(error)) continue;
      return { state: 'unusable', reason };
    }
  }
}

/** An error that says something of this file alone. Where nothing came, it is the server that is not there. */
export function whyUnusable(error: unknown, bytesCame: boolean): string | undefined {
  if (!isProviderError(error)) return undefined;
  const ownFault = error.code === 'MALFORMED' || isTooMuch(error) || (error.code === 'UNAVAILABLE' && bytesCame);
  return ownFault ? error.message : undefined;
}

function isTooMuch(error: unknown): boolean {
  return isProviderError(error) && error.code === 'UNSUPPORTED';
}

/** What a plugin throws that is not one of the contract's errors is its own fault, unless nobody wants the file any more. */
function blame(cause: unknown, { context, error }: Host): unknown {
  if (isProviderError(cause)) return cause;
  if (context.signal.aborted) return context.signal.reason;
  const said = cause instanceof Error ? `${cause.name}: ${cause.message.split('\n', 1)[0]}` : String(cause);
  return error('MALFORMED', `its plugin failed (${said})`, { cause });
}
