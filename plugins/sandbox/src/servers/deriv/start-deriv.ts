import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WireServer } from '../server.js';
import { admitHandshake } from './admit-handshake.js';
import { type DerivParts, PATHS } from './options.js';
import { serveConnection } from './serve-connection.js';

const REASONS = { 401: 'Unauthorized', 404: 'Not Found' } as const;
const MAX_MESSAGE = 65_536;

export async function startDeriv(parts: DerivParts): Promise<WireServer> {
  const generation = parts.generation ?? 'legacy';
  const http = createServer((_request, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_MESSAGE });
  http.on('upgrade', (request, stream, head) => {
    const admission = admitHandshake(request, generation);
    if (admission.status !== 101) {
      parts.log.add({ server: 'deriv', at: Date.now(), what: request.url ?? '/', status: admission.status, cost: 0 });
      stream.end(
        `HTTP/1.1 ${admission.status} ${REASONS[admission.status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
      );
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.on('close', serveConnection(socket, parts, admission.appIdIsGood));
      // A client that breaks the protocol ends its own connection, not the server.
      socket.on('error', () => socket.terminate());
    });
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject).listen(parts.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    name: 'deriv',
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}${PATHS[generation]}`,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
