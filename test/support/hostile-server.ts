import { createHash } from 'node:crypto';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

/** One request as its bytes said it, and the socket to answer on: nothing is written, closed or checked by itself. */
export interface Asked {
  readonly nth: number;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly socket: Socket;
}

export type Misbehave = (asked: Asked) => void;

export interface HostileServer {
  readonly port: number;
  readonly asked: readonly Asked[];
  readonly connections: () => number;
  close(): Promise<void>;
}

const MOST_HEAD = 64 * 1024;

/** A server that reads requests politely and answers them by hand, byte by byte, because a real one would be too polite. */
export async function startHostile(misbehave: Misbehave, tls?: TlsOptions): Promise<HostileServer> {
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const serve = (socket: Socket): void => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    let head = '';
    const hear = (bytes: Buffer): void => {
      head += bytes.toString('latin1');
      if (head.length > MOST_HEAD) socket.destroy();
      for (let end = head.indexOf('\r\n\r\n'); end >= 0; end = head.indexOf('\r\n\r\n')) {
        const [line = '', ...lines] = head.slice(0, end).split('\r\n');
        head = head.slice(end + 4);
        const headers = Object.fromEntries(
          lines.map((each) => [
            each.slice(0, each.indexOf(':')).toLowerCase(),
            each.slice(each.indexOf(':') + 1).trim(),
          ]),
        );
        const each = { nth: asked.length + 1, path: line.split(' ')[1] ?? '', headers, socket };
        asked.push(each);
        // What follows a handshake is frames, and whoever accepted it reads them.
        if (headers.upgrade !== undefined) socket.off('data', hear);
        misbehave(each);
      }
    };
    socket.on('data', hear);
  };
  const server: Server = tls === undefined ? createServer(serve) : createTlsServer(tls, serve);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    connections: () => connections,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** What the head says of the length, where that is not the truth; null says nothing and closes at the end. */
  readonly length?: number | null;
}

/** A whole reply, and the end of the connection: nothing that was wrong with one shall reach the next. */
export function answer({ socket }: Asked, { status = 200, headers = {}, body = '', length }: Answer): void {
  const bytes = Buffer.from(body as Uint8Array);
  const stated = length === undefined ? bytes.length : length;
  const all = {
    'content-type': 'application/json',
    ...(stated === null || status === 204 ? {} : { 'content-length': String(stated) }),
    connection: 'close',
    ...headers,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/1.1 ${status} Whatever\r\n${head.join('')}\r\n`);
  socket.end(bytes);
}

/** Completes a WebSocket handshake; `hear` gets what the client says, a text a message. */
export function acceptSocket({ socket, headers }: Asked, hear: (text: string) => void): void {
  const accept = createHash('sha1')
    .update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    for (;;) {
      const read = readFrame(rest);
      if (read === undefined) return;
      rest = rest.subarray(read.length);
      if (read.opcode === 1) hear(read.text);
      if (read.opcode === 8) socket.end(frame(8, ''));
    }
  });
}

/** A client's frame: masked, and small enough here for a length of two bytes. */
function readFrame(
  bytes: Buffer,
): { readonly opcode: number; readonly text: string; readonly length: number } | undefined {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] as number) & 0x7f;
  const at = short === 126 ? 4 : 2;
  if (bytes.length < at + 4) return undefined;
  const size = short === 126 ? bytes.readUInt16BE(2) : short;
  if (bytes.length < at + 4 + size) return undefined;
  const mask = bytes.subarray(at, at + 4);
  const text = bytes.subarray(at + 4, at + 4 + size).map((byte, i) => byte ^ (mask[i % 4] as number));
  return { opcode: (bytes[0] as number) & 0x0f, text: Buffer.from(text).toString('utf8'), length: at + 4 + size };
}

/** A server's frame, final and unmasked. `stated` lies about the length. */
export function frame(opcode: number, payload: string | Uint8Array, stated?: number): Buffer {
  const bytes = Buffer.from(payload as Uint8Array);
  const size = stated ?? bytes.length;
  const head = size < 126 ? Buffer.alloc(2) : size < 65_536 ? Buffer.alloc(4) : Buffer.alloc(10);
  head[0] = 0x80 | opcode;
  if (size < 126) head[1] = size;
  else if (size < 65_536) {
    head[1] = 126;
    head.writeUInt16BE(size, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(size), 2);
  }
  return Buffer.concat([head, bytes]);
}
