import type { WebSocket } from 'ws';
import type { Channel } from '../../../provider/index.js';
import { explainFailure, explainStatus } from './socket-refusal.js';
import { HANDSHAKE_MS, MAX_PAYLOAD, type SocketTools } from './socket-tools.js';

/** Where a channel leads, as it may be shown: no query, no path, no user. */
export function nameHost(channel: Pick<Channel, 'url'>): string {
  return new URL(channel.url).host;
}

/**
 * Opens a WebSocket and hands it to `adopt` in the same turn, so that nothing it says or does is missed. It follows
 * no redirect, and accepts no compression: a compressed bomb weighs nothing on the wire.
 */
export async function shakeHands<T>(
  channel: Channel,
  tools: SocketTools,
  signal: AbortSignal,
  adopt: (ws: WebSocket) => T,
): Promise<T> {
  const { WebSocket } = await import('ws');
  const url = new URL(channel.url);
  const host = url.host;
  const agent = await tools.agentFor?.(url);
  signal.throwIfAborted();
  for (const [name, value] of Object.entries(channel.secretQuery ?? {})) url.searchParams.set(name, value);
  const options = {
    perMessageDeflate: false,
    followRedirects: false,
    skipUTF8Validation: false,
    maxPayload: tools.maxPayload ?? MAX_PAYLOAD,
    closeTimeout: 2_000,
    handshakeTimeout: tools.patience.handshakeMs ?? HANDSHAKE_MS,
    headers: { ...channel.headers },
    ...(agent === undefined ? {} : { agent }),
  };
  return new Promise<T>((resolve, reject) => {
    const ws = new WebSocket(url, options);
    const abort = (): void => {
      ws.terminate();
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    const settled = (): void => signal.removeEventListener('abort', abort);
    let refused = false;
    ws.on('unexpected-response', (request, reply) => {
      refused = true;
      void explainStatus(reply, host, channel, tools)
        .then((error) => {
          settled();
          reject(error);
        })
        .finally(() => request.destroy());
    });
    // Stays for the connection's whole life: an error event that nobody hears ends the process.
    ws.on('error', (error) => {
      if (refused) return;
      settled();
      reject(explainFailure(error, host, tools));
    });
    ws.once('open', () => {
      settled();
      resolve(adopt(ws));
    });
  });
}
