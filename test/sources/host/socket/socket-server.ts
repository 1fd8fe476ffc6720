import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Channel, ErrorDetails, ProviderErrorCode, Schema } from '../../../../src/provider/index.js';
import { createSocket } from '../../../../src/sources/host/socket/socket.js';
import type { HostSocket, SocketPatience, SocketTools } from '../../../../src/sources/host/socket/socket-tools.js';

export type Asked = Readonly<Record<string, unknown>> & { readonly req_id: number };

export interface TestServer {
  readonly url: string;
  /** Everything that was asked, keep-alive messages left out, with the number of its connection. */
  readonly asked: { readonly connection: number; readonly message: Asked }[];
  readonly paths: string[];
  readonly beats: number[];
  connections(): number;
  close(): Promise<void>;
}

export type Answer = (ws: WebSocket, message: Asked, connection: number) => void;

const open = new Set<() => Promise<unknown>>();

/** A WebSocket server on loopback that answers as it is told; `greet` runs on every connection. */
export async function serve(answer: Answer, greet?: (ws: WebSocket, connection: number) => void): Promise<TestServer> {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, maxPayload: 1024 * 1024 });
  const asked: TestServer['asked'] = [];
  const paths: string[] = [];
  const beats: number[] = [];
  let connections = 0;
  sockets.on('connection', (ws, request) => {
    const connection = ++connections;
    paths.push(request.url ?? '');
    ws.on('error', () => undefined);
    ws.on('message', (data) => {
      const message = JSON.parse(String(data)) as Asked;
      if ('beat' in message) {
        beats.push(message.req_id);
        if (message.beat === 1) ws.send(JSON.stringify({ pong: 1, req_id: message.req_id }));
        return;
      }
      asked.push({ connection, message });
      answer(ws, message, connection);
    });
    greet?.(ws, connection);
  });
  const { url, close } = await listen(http, () => {
    for (const each of sockets.clients) each.terminate();
    sockets.close();
  });
  return { url, asked, paths, beats, connections: () => connections, close };
}

/** A plain HTTP server, for handshakes that are answered otherwise. */
export async function listen(
  http: Server,
  before: () => void = () => undefined,
): Promise<{ url: string; close(): Promise<void> }> {
  const streams = new Set<Socket>();
  http.on('connection', (stream) => streams.add(stream));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    open.delete(close);
    before();
    for (const stream of streams) stream.destroy(); // also those that were upgraded, which the server forgets
    await new Promise((resolve) => http.close(resolve));
  };
  open.add(close);
  return { url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`, close };
}

export class CodedError extends Error {
  constructor(
    readonly code: ProviderErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
  }
  get until(): number | undefined {
    return (
      this.details.until ??
      (this.details.retryAfterMs === undefined ? undefined : this.#made + this.details.retryAfterMs)
    );
  }
  readonly #made = Date.now();
}

export interface Harness {
  readonly socket: HostSocket;
  readonly abort: AbortController;
  readonly paced: (Readonly<Record<string, number>> | undefined)[];
  readonly throttled: Error[];
  /** Everything that went out through debug. */
  readonly said: string[];
}

export const QUICK: SocketPatience = {
  totalMs: 2_000,
  longestWaitMs: 400,
  attempts: 4,
  firstPauseMs: 10,
  longestPauseMs: 40,
  handshakeMs: 400,
  answerMs: 1_000,
  idleMs: 5_000,
};

export function connect(url: string, more: { channel?: Partial<Channel>; tools?: Partial<SocketTools> } = {}): Harness {
  const abort = new AbortController();
  const paced: Harness['paced'] = [];
  const throttled: Error[] = [];
  const said: string[] = [];
  const channel: Channel = {
    url,
    idField: 'req_id',
    keepAlive: { everyMs: 1_000, message: { beat: 1 } },
    judge: (answer) => {
      const { error } = answer as { error?: { code: ProviderErrorCode; message: string } & ErrorDetails };
      return error === undefined ? undefined : new CodedError(error.code, error.message, error);
    },
    ...more.channel,
  };
  const tools: SocketTools = {
    pace: async (cost) => {
      paced.push(cost);
    },
    onThrottled: (error) => throttled.push(error),
    makeError: (code, message, details) => new CodedError(code, message, details),
    signal: abort.signal,
    redact: (text) => text,
    debug: (message, fields) => said.push(`${message} ${JSON.stringify(fields ?? {})}`),
    patience: QUICK,
    maxInFlight: 8,
    ...more.tools,
  };
  const socket = createSocket(channel, tools);
  open.add(() => socket.close());
  return { socket, abort, paced, throttled, said };
}

/** Closes every server and socket that a test opened. */
export async function closeAll(): Promise<void> {
  const all = [...open];
  open.clear();
  await Promise.all(all.map((close) => close()));
}

export const anything: Schema<{ readonly value?: unknown; readonly req_id: number }> = {
  '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value: value as { req_id: number } }) },
};

export const numeric: Schema<{ readonly value: number }> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) =>
      typeof (value as { value: unknown }).value === 'number'
        ? { value: value as { value: number } }
        : { issues: [{ message: 'expected a number', path: ['value'] }] },
  },
};

export function reply(ws: WebSocket, message: Asked, fields: Readonly<Record<string, unknown>> = {}): void {
  ws.send(JSON.stringify({ value: message.value, ...fields, req_id: message.req_id }));
}

export async function failure(promise: Promise<unknown>): Promise<CodedError> {
  return promise.then(
    () => {
      throw new Error('it should have failed');
    },
    (error) => error as CodedError,
  );
}
