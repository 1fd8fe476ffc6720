import type {
  BytesReply,
  FetchInit,
  Http,
  HttpRequest,
  MakeError,
  Reply,
  Schema,
  TextReply,
  Usage,
} from '../../../provider/index.js';
import type { MakeHostError } from '../host-error.js';
import type { Lease } from '../limits/lease.js';
import type { Turnstile } from '../limits/turnstile.js';
import type { Caps, Patience } from '../patience.js';
import type { Attempt, Run } from '../retry.js';
import { judgeStatus } from './judge-status.js';
import { parseJson } from './parse-json.js';
import { type Body, readBody } from './read-body.js';
import { readText } from './read-text.js';
import { sendFollowing } from './send-following.js';
import type { RawReply, Transport } from './transport.js';

export interface HttpOptions {
  readonly transport: Transport;
  readonly turnstile: Turnstile;
  /** Attempts, shared by all who ask this provider: its breaker is one. */
  readonly run: Run;
  /** Origins that may be asked; nothing else is. */
  readonly origins: ReadonlySet<string>;
  readonly judge: ((reply: Reply, error: MakeError) => Usage | undefined) | undefined;
  readonly error: MakeHostError;
  readonly patience: Patience;
  readonly caps: Caps;
  readonly signal: AbortSignal;
  readonly userAgent: string;
  readonly pace: (bytes: number) => Promise<void> | undefined;
  readonly debug: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly count: (requests: number, bytes: number) => void;
}

/** In fetch's shape nobody can say how much is expected; a library parses it at once, and some copy it before. */
const LARGEST_FETCHED = 8 * 1024 * 1024;

/** The pipeline of every HTTP request: its turn, its attempts, its body, its verdict. */
export class HttpClient implements Http {
  constructor(private readonly options: HttpOptions) {}

  json<T>(request: HttpRequest, schema: Schema<T>): Promise<T> {
    return this.options.run(request.pool, request.cost ?? {}, async (attempt) => {
      const { text, url } = await this.#whole(request, attempt, 'application/json');
      return parseJson(text, schema, url.host, this.options.error);
    });
  }

  text(request: HttpRequest): Promise<TextReply> {
    return this.options.run(request.pool, request.cost ?? {}, async (attempt) => {
      const { status, headers, text } = await this.#whole(request, attempt, 'text/*');
      return { status, headers, text };
    });
  }

  /** In fetch's shape; a refusal is thrown as a coded error, as everywhere. */
  readonly fetch = async (url: string | URL, init: FetchInit = {}): Promise<Response> => {
    if ((init.method ?? 'GET').toUpperCase() !== 'GET') {
      throw this.options.error('UNSUPPORTED', `a provider may only ask, and this was a ${init.method}`);
    }
    init.signal?.throwIfAborted();
    const headers = Object.fromEntries(new Headers(init.headers).entries());
    const reply = await this.text({ url, headers, maxBytes: LARGEST_FETCHED });
    const body = [204, 205, 304].includes(reply.status) ? null : reply.text;
    return new Response(body, { status: reply.status, headers: asDecoded(reply.headers) });
  };

  /** Streams: its place in the pool is kept until the body has been read or given up. */
  bytes(request: HttpRequest): Promise<BytesReply> {
    return this.options.run(request.pool, request.cost ?? {}, async (attempt) => {
      const { reply, url } = await this.#send(request, attempt.signal, '*/*');
      const { archive } = this.options.caps;
      const body = this.#body(reply, url, { ...this.options.caps, wire: archive, decoded: archive }, request);
      const refused = reply.status >= 300 && !isAnswer(request, reply.status);
      await this.#verdict(
        request,
        reply,
        url,
        refused ? await readText(body.chunks, url.host, this.options.error) : '',
      );
      return this.#lend(reply, body, attempt.lease);
    });
  }

  /** Hands the body out and keeps the place until it is done with, or nobody has come for it. */
  #lend(reply: RawReply, body: Body, lease: Lease): BytesReply {
    lease.keep();
    const end = (): void => {
      clearTimeout(forgotten);
      reply.discard();
      this.options.count(0, body.wireBytes());
      lease.leave();
    };
    const forgotten = setTimeout(end, this.options.patience.idleMs);
    async function* read(): AsyncGenerator<Uint8Array> {
      clearTimeout(forgotten);
      try {
        yield* body.chunks;
      } finally {
        end();
      }
    }
    return { status: reply.status, headers: reply.headers, body: read(), sha256: body.sha256 };
  }

  /** One attempt at a reply that is read whole. */
  async #whole(request: HttpRequest, attempt: Attempt, accept: string): Promise<Reply> {
    const { reply, url } = await this.#send(request, attempt.signal, accept);
    const body = this.#body(reply, url, this.options.caps, request);
    const text = await readText(body.chunks, url.host, this.options.error);
    this.options.count(0, body.wireBytes());
    return this.#verdict(request, reply, url, text);
  }

  async #send(request: HttpRequest, signal: AbortSignal, accept: string): Promise<{ reply: RawReply; url: URL }> {
    const { options } = this;
    const shown = new URL(request.url);
    if (!options.origins.has(shown.origin)) {
      throw options.error('UNSUPPORTED', `it asked ${shown.origin}, which is not among the hosts it declares`);
    }
    const url = new URL(shown);
    for (const [name, value] of Object.entries(request.secretQuery ?? {})) url.searchParams.set(name, value);
    const headers = {
      'user-agent': options.userAgent,
      accept,
      'accept-encoding': accept === '*/*' ? 'identity' : 'gzip',
      ...request.headers,
    };
    const begun = performance.now();
    options.count(1, 0);
    const reply = await sendFollowing({ url, headers, signal }, options);
    const ms = Math.round(performance.now() - begun);
    options.debug('asked', { url: `${shown.origin}${shown.pathname}${shown.search}`, status: reply.status, ms });
    return { reply, url: shown };
  }

  #body(reply: RawReply, url: URL, caps: Caps, request: HttpRequest): Body {
    const decoded = Math.min(caps.decoded, request.maxBytes ?? Number.POSITIVE_INFINITY);
    return readBody(
      reply,
      { wire: Math.min(caps.wire, decoded), decoded, ratio: caps.ratio, idleMs: this.options.patience.idleMs },
      { error: this.options.error, pace: this.options.pace, host: url.host },
    );
  }

  /** What the reply means: the provider's word first, the status' after. */
  async #verdict(request: HttpRequest, raw: RawReply, url: URL, text: string): Promise<Reply> {
    const reply: Reply = { url, status: raw.status, headers: raw.headers, text };
    const { judge, error, turnstile } = this.options;
    if (isAnswer(request, raw.status)) return reply;
    const usage = judge?.(reply, error);
    if (usage !== undefined)
      await turnstile.report({ ...(request.pool === undefined ? {} : { pool: request.pool }), ...usage });
    const refusal = judgeStatus({ status: raw.status, headers: raw.headers, host: url.host }, error, Date.now());
    if (refusal !== undefined) throw refusal;
    return reply;
  }
}

function isAnswer(request: HttpRequest, status: number): boolean {
  return request.answers?.includes(status) === true;
}

/** The body has been decoded: what said how long and how it was encoded is no longer true. */
function asDecoded(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { 'content-encoding': _encoding, 'content-length': _length, 'transfer-encoding': _transfer, ...rest } = headers;
  return rest;
}
