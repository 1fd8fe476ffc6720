import type { RawReply, RawRequest, Transport } from '../../src/sources/host/http/transport.js';
import { untilAborted } from '../../src/sources/host/waiting.js';

export interface StubReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A network of one function: what it returns is the reply, what it throws is the connection's failure. */
export function stubTransport(
  answer: (request: RawRequest, nth: number) => StubReply | Promise<StubReply>,
): Transport & {
  readonly sent: { readonly at: number; readonly request: RawRequest }[];
} {
  const sent: { at: number; request: RawRequest }[] = [];
  return {
    sent,
    async send(request): Promise<RawReply> {
      sent.push({ at: performance.now(), request });
      const answered = Promise.resolve(answer(request, sent.length));
      const { status = 200, headers = {}, body = '{}' } = await untilAborted(answered, request.signal);
      async function* read(): AsyncGenerator<Uint8Array> {
        yield Buffer.from(body);
      }
      return { status, headers, body: read(), discard: () => undefined };
    },
    close: () => undefined,
  };
}
