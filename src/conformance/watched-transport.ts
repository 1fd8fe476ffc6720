import type { RawReply, RawRequest, Transport } from '../sources/host/http/transport.js';

export interface SeenRequest {
  readonly url: URL;
  readonly at: number;
  /** How many were under way, this one included. */
  readonly beside: number;
}

/** Stands in for one reply: may call `send` for the true one, and may throw as a broken connection does. */
export type Tamper = (index: number, send: () => Promise<RawReply>, request: RawRequest) => Promise<RawReply>;

/** What was answered to undisturbed requests, by URL. */
export type Tape = Map<string, { readonly reply: RawReply; readonly body: Uint8Array }>;

/**
 * Stands in the one door to the network: writes down what goes out, and spoils what comes in where asked to. What is
 * spoiled was best answered before: a real server is not asked the same thing for each of twenty faults.
 */
export class WatchedTransport implements Transport {
  readonly seen: SeenRequest[] = [];
  readonly #inner: Transport;
  readonly #tape: Tape;
  readonly #tamper: Tamper | undefined;
  #underWay = 0;

  constructor(inner: Transport, tape: Tape, tamper?: Tamper) {
    this.#inner = inner;
    this.#tape = tape;
    this.#tamper = tamper;
  }

  async send(request: RawRequest): Promise<RawReply> {
    this.#underWay += 1;
    this.seen.push({ url: new URL(request.url), at: Date.now(), beside: this.#underWay });
    const index = this.seen.length;
    const url = request.url.href;
    try {
      // Not compressed: what is kept is to be spoiled, and spoiled replies are to be read.
      const plain = { ...request, headers: { ...request.headers, 'accept-encoding': 'identity' } };
      if (this.#tamper === undefined) return this.#record(url, await this.#inner.send(plain));
      return await this.#tamper(index, () => this.#replay(plain), request);
    } finally {
      this.#underWay -= 1;
    }
  }

  close(): void {
    this.#inner.close();
  }

  async #replay(request: RawRequest): Promise<RawReply> {
    const kept = this.#tape.get(request.url.href);
    return kept === undefined ? this.#inner.send(request) : makeReply(kept.reply.status, kept.body, kept.reply.headers);
  }

  /** Kept only when it was read to its end. */
  #record(url: string, reply: RawReply): RawReply {
    const tape = this.#tape;
    const body = (async function* () {
      const parts: Uint8Array[] = [];
      for await (const part of reply.body) {
        parts.push(part);
        yield part;
      }
      if (reply.status === 200) tape.set(url, { reply, body: Buffer.concat(parts) });
    })();
    return { ...reply, body, discard: () => reply.discard() };
  }
}

export async function readWhole(reply: RawReply): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of reply.body) parts.push(part);
  return Buffer.concat(parts);
}

export function makeReply(
  status: number,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): RawReply {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return {
    status,
    headers: { 'content-length': String(bytes.length), ...headers },
    body: (async function* () {
      if (bytes.length > 0) yield bytes;
    })(),
    discard: () => undefined,
  };
}
