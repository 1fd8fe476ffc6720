import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { MakeHostError } from '../host-error.js';
import type { RawReply } from './transport.js';

export interface BodyLimits {
  readonly wire: number;
  readonly decoded: number;
  readonly ratio: number;
  readonly idleMs: number;
}

export interface BodyTools {
  readonly error: MakeHostError;
  /** Waits where bytes come faster than the user allows. */
  readonly pace: (bytes: number) => Promise<void> | undefined;
  /** How the reply is called in errors: `api.binance.com`. */
  readonly host: string;
}

export interface Body {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Of the decoded bytes, once all were read. */
  sha256(): string;
  wireBytes(): number;
}

const RATIO_FREE = 1024 * 1024;
/** Bytes a second, on average over the time that was spent waiting for them: slower is as good as nothing. */
const SLOWEST = 256;

/**
 * The reply's bytes, inflated, and proved whole: a body that is cut, endless, too large or too slow ends in a coded
 * error. Node reports a cut body only where the length was stated; gzip's own end mark and the caller's parser
 * catch the rest.
 */
export function readBody(reply: RawReply, limits: BodyLimits, tools: BodyTools): Body {
  const hash = createHash('sha256');
  const count = { wire: 0, decoded: 0 };
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of decode(reply, count, limits, tools)) {
        count.decoded += chunk.length;
        if (count.decoded > limits.decoded) throw tooLarge(tools, limits.decoded);
        if (count.decoded > RATIO_FREE && count.decoded > count.wire * limits.ratio) {
          throw tools.error('MALFORMED', `${tools.host} sent a reply that inflates more than ${limits.ratio} times`);
        }
        hash.update(chunk);
        yield chunk;
      }
    } finally {
      reply.discard();
    }
  }
  let digest: string | undefined;
  return {
    chunks: chunks(),
    sha256: () => (digest ??= hash.digest('hex')),
    wireBytes: () => count.wire,
  };
}

function decode(
  reply: RawReply,
  count: { wire: number },
  limits: BodyLimits,
  tools: BodyTools,
): AsyncIterable<Uint8Array> {
  const wire = readWire(reply, count, limits, tools);
  const encoding = (reply.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return wire;
  if (encoding === 'gzip' || encoding === 'x-gzip') return inflate(wire, createGunzip(), tools);
  if (encoding === 'deflate') return inflate(wire, createInflate(), tools);
  if (encoding === 'br') {
    return inflate(
      wire,
      createBrotliDecompress({ params: { [constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]: 0 } }),
      tools,
    );
  }
  throw tools.error(
    'MALFORMED',
    `${tools.host} sent a reply encoded as “${encoding.slice(0, 60)}”, which nobody asked for`,
  );
}

async function* readWire(
  reply: RawReply,
  count: { wire: number },
  limits: BodyLimits,
  tools: BodyTools,
): AsyncGenerator<Uint8Array> {
  const stated = reply.headers['content-length'];
  if (stated !== undefined && Number(stated) > limits.wire) throw tooLarge(tools, limits.wire);
  const source = reply.body[Symbol.asyncIterator]();
  let waited = 0;
  try {
    for (;;) {
      const begun = performance.now();
      const next = await orIdle(source.next(), limits.idleMs, tools);
      if (next.done) break;
      count.wire += next.value.length;
      waited += performance.now() - begun;
      // A byte now and then would never be idle, and never end.
      if (waited > limits.idleMs && count.wire * 1000 < waited * SLOWEST) throw stalled(tools);
      if (count.wire > limits.wire) throw tooLarge(tools, limits.wire);
      await tools.pace(next.value.length);
      yield next.value;
    }
  } catch (error) {
    throw brokenOff(error, tools);
  }
  if (stated !== undefined && /^\d+$/.test(stated) && Number(stated) !== count.wire) {
    throw tools.error('UNAVAILABLE', `${tools.host} sent ${count.wire} bytes of the ${stated} it promised`);
  }
}

async function* inflate(
  wire: AsyncIterable<Uint8Array>,
  inflater: NodeJS.ReadWriteStream & Readable,
  tools: BodyTools,
): AsyncGenerator<Uint8Array> {
  const source = Readable.from(wire, { objectMode: false });
  source.on('error', (error) => inflater.destroy(error));
  try {
    yield* source.pipe(inflater) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw brokenOff(error, tools);
  } finally {
    source.destroy();
    inflater.destroy();
  }
}

/** A timer a piece: a server that sends a byte a minute is as good as none. */
async function orIdle<T>(next: Promise<T>, idleMs: number, tools: BodyTools): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const idle = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(stalled(tools)), idleMs);
  });
  try {
    return await Promise.race([next, idle]);
  } finally {
    clearTimeout(timer);
  }
}

function stalled(tools: BodyTools): Error {
  return tools.error('UNAVAILABLE', `${tools.host} stopped sending in the middle of a reply`);
}

function brokenOff(error: unknown, tools: BodyTools): unknown {
  const { name, code } = error as { name?: string; code?: string };
  if (name === 'ProviderError' || name === 'AbortError' || name === 'CanceledError' || code === 'ERR_CANCELED')
    return error;
  const what =
    code?.startsWith('Z_') || code?.startsWith('ERR__ERROR') || code?.startsWith('ERR_BROTLI')
      ? 'a damaged or cut'
      : 'only a part of a';
  return tools.error('UNAVAILABLE', `${tools.host} sent ${what} reply`, { cause: error });
}

function tooLarge(tools: BodyTools, cap: number): Error {
  return tools.error(
    'MALFORMED',
    `${tools.host} sent more than ${Math.round(cap / 1024 / 1024)} MiB where far less was expected`,
  );
}
