/**
 * One attempt at one request, nothing decided about it: no redirect followed, nothing inflated, every status an
 * answer. The one door to the network, so that a test can stand in it.
 */
export interface Transport {
  send(request: RawRequest): Promise<RawReply>;
  close(): void;
}

export interface RawRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Aborts the attempt, also while the body is read. */
  readonly signal: AbortSignal;
}

export interface RawReply {
  readonly status: number;
  /** Names in lower case; repeated ones joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
  /** Gives up the rest of the body. */
  discard(): void;
}
