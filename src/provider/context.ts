import type { Cost } from './capabilities.js';
import type { ErrorDetails, ProviderErrorCode } from './errors.js';
import type { Schema } from './schema.js';

/** Everything a provider may touch: no global fetch, clock, environment, disk or console. */
export interface Context<Options = unknown> {
  /** Checked by the provider's own schema before it gets them. */
  readonly options: Options;
  readonly http: Http;
  /** The same pipeline in fetch's shape, for libraries that bring their own client. */
  readonly fetch: (url: string | URL, init?: FetchInit) => Promise<Response>;
  /** One connection a channel, made when first asked and kept for whoever asks again. */
  socket(channel: Channel): Socket;
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch by the data clock; what has not closed by then does not exist. */
  now(): number;
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(code: ProviderErrorCode, message: string, details?: ErrorDetails): Error;
}

/**
 * Paced by the pool's windows, retried where that can help, never redirected to another origin, capped in size,
 * proved whole, and redacted wherever it is shown. A refusal arrives as a coded error, never as a reply.
 */
export interface Http {
  json<T>(request: HttpRequest, schema: Schema<T>): Promise<T>;
  text(request: HttpRequest): Promise<TextReply>;
  bytes(request: HttpRequest): Promise<BytesReply>;
}

export interface HttpRequest {
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Parameters that are secret: joined to the URL at the last moment, and shown nowhere. */
  readonly secretQuery?: Readonly<Record<string, string>>;
  readonly pool?: string;
  readonly cost?: Cost;
  /** Statuses that are an answer here, such as 404 for a file that may not exist: not judged, not an error. */
  readonly answers?: readonly number[];
  /** The most decoded bytes this reply may have, below the host's own cap. */
  readonly maxBytes?: number;
}

export interface TextReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface BytesReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Read once. Throws when the reply turns out cut, too large or too slow. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Of the bytes as they came, in hex: known when `body` has been read to its end. */
  sha256(): string;
}

export interface FetchInit {
  readonly method?: string;
  readonly headers?: ConstructorParameters<typeof Headers>[0];
  readonly signal?: AbortSignal;
}

/** A WebSocket that is asked and answers: each message carries a number, and its answer the same number. */
export interface Channel {
  readonly url: string | URL;
  readonly secretQuery?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly pool?: string;
  /** The member that holds the number, in what is sent and in what comes: `req_id`. */
  readonly idField: string;
  readonly keepAlive: { readonly everyMs: number; readonly message: Readonly<Record<string, unknown>> };
  /** Sent first on every connection, also after a reconnect, and never shown: a login. */
  readonly hello?: readonly Readonly<Record<string, unknown>>[];
  /** Looks at an answer; returns the error it means, made by `context.error`, or nothing. */
  readonly judge: (answer: unknown) => Error | undefined;
}

export interface Socket {
  ask<T>(message: Readonly<Record<string, unknown>>, schema: Schema<T>, options?: { readonly cost?: Cost }): Promise<T>;
}
