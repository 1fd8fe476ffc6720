import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault, LoggedRequest, ServerParts, WireServer } from './server.js';

export interface WireAsk {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
}

export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** What it cost, in the server's own currency; 1 when absent. */
  readonly cost?: number;
  /** For the log: why it was refused. */
  readonly note?: string;
}

/** Serves whole replies, text or bytes, over HTTP; spoils them where a fault says so, and logs each. */
export async function serveHttp(
  name: string,
  parts: ServerParts,
  answer: (ask: WireAsk) => WireReply | Promise<WireReply>,
): Promise<WireServer> {
  const timers = new Set<NodeJS.Timeout>();

  const respond = async (what: string, ask: WireAsk, response: ServerResponse): Promise<void> => {
    const at = Date.now();
    const fault = parts.faults.next(name, what);
    const reply = replaceBy(fault) ?? (await answer(ask));
    const note = [reply.note, fault?.kind].filter((word) => word !== undefined).join(' ');
    const entry: LoggedRequest = { server: name, at, what, status: reply.status, cost: reply.cost ?? 1 };
    parts.log.add({ ...entry, headers: flatten(ask.headers), ...(note && { note }) });
    if (fault?.kind === 'stall') return;
    if (fault?.kind === 'reset') {
      response.socket?.resetAndDestroy();
      return;
    }
    if (fault?.kind === 'delay') {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          timers.delete(timer);
          resolve();
        }, fault.ms ?? 0);
        timers.add(timer);
      });
    }
    write(ask.method, response, reply, fault);
  };

  const server = createServer((request, response) => {
    const what = request.url ?? '/';
    // `*` and `//host` are allowed in a request line, and no path.
    const url = new URL(`http://localhost/${what.replace(/^[/*]+/, '')}`);
    respond(what, { method: request.method ?? 'GET', url, headers: request.headers }, response).catch((error) => {
      // A mistake of the sandbox itself must be seen, not waited for.
      response.writeHead(500, { 'content-type': 'text/plain' }).end(`sandbox: ${(error as Error).stack}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(parts.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    name,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function replaceBy(fault: Fault | undefined): WireReply | undefined {
  if (fault?.kind !== 'status') return undefined;
  return { status: fault.status ?? 200, headers: fault.headers ?? {}, body: fault.body ?? '' };
}

function write(method: string, response: ServerResponse, reply: WireReply, fault?: Fault): void {
  if (reply.status === 304) {
    response.writeHead(304, { ...reply.headers }).end();
    return;
  }
  const bytes = Buffer.from(reply.body);
  if (fault?.kind === 'garble' && bytes.length > 0) {
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] as number) ^ 0xff;
  }
  response.writeHead(reply.status, { ...reply.headers, 'content-length': bytes.length });
  if (method === 'HEAD') response.end();
  else if (fault?.kind !== 'cut') response.end(bytes);
  else {
    const part = bytes.subarray(0, Math.floor(bytes.length * (fault.fraction ?? 0.5)));
    response.write(part, () => response.destroy());
  }
}

function flatten(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
