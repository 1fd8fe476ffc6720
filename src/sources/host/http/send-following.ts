import type { MakeHostError } from '../host-error.js';
import type { Patience } from '../patience.js';
import { plainCause } from '../plain-cause.js';
import { UNREACHABLE } from '../unreachable.js';
import type { RawReply, RawRequest, Transport } from './transport.js';

const MOST_REDIRECTS = 5;

export interface SendTools {
  readonly transport: Transport;
  readonly patience: Patience;
  readonly error: MakeHostError;
}

/** Sends, within the time a head may take, and follows redirects that stay at the same origin. */
export async function sendFollowing(request: RawRequest, tools: SendTools): Promise<RawReply> {
  let { url } = request;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const reply = await sendOnce({ ...request, url }, tools);
    const place = reply.headers.location;
    if (reply.status < 300 || reply.status >= 400 || reply.status === 304 || place === undefined) return reply;
    reply.discard();
    const next = URL.canParse(place, url.href) ? new URL(place, url) : undefined;
    if (next?.origin !== url.origin) {
      // Key headers and query keys would go with it.
      throw tools.error(
        'MALFORMED',
        `${url.host} sends requests on to ${next?.origin ?? 'nowhere'}, which is not followed`,
      );
    }
    url = next;
  }
  throw tools.error('MALFORMED', `${url.host} redirects in a circle`);
}

async function sendOnce(request: RawRequest, { transport, patience, error }: SendTools): Promise<RawReply> {
  const { url, signal } = request;
  const head = new AbortController();
  const stop = (): void => head.abort(signal.reason);
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(() => head.abort(TOO_SLOW), patience.headMs);
  try {
    const reply = await transport.send({ ...request, signal: head.signal });
    // The attempt's signal goes on reaching the body through `head`; only the clock for the head stops here.
    return reply;
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    if (head.signal.reason === TOO_SLOW) {
      throw error('UNAVAILABLE', `${url.host} did not answer within ${Math.round(patience.headMs / 1000)} s`);
    }
    throw error('UNAVAILABLE', `${url.host} ${describe(cause)}`, { cause: plainCause(cause) });
  } finally {
    clearTimeout(timer);
  }
}

const TOO_SLOW = Symbol('too slow');

const SAYINGS: Readonly<Record<string, string>> = {
  ...UNREACHABLE,
  HPE_HEADER_OVERFLOW: 'sent headers without end',
};

function describe(cause: unknown): string {
  const code = String((cause as { code?: unknown }).code ?? '');
  return (
    SAYINGS[code] ??
    (code.startsWith('HPE_') ? 'does not speak HTTP' : `cannot be asked (${code || 'no reason given'})`)
  );
}
