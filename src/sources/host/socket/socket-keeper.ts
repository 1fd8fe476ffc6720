import type { Agent } from 'node:http';
import type { Channel, Schema, Socket } from '../../../provider/index.js';
import type { Redact } from '../../../settings/redactor.js';
import { isProviderError } from '../../provider-error.js';
import type { MakeHostError } from '../host-error.js';
import type { Turnstile } from '../limits/turnstile.js';
import type { Patience } from '../patience.js';
import type { HostSocket } from './socket-tools.js';

export interface KeeperOptions {
  readonly turnstile: Turnstile;
  readonly origins: ReadonlySet<string>;
  readonly error: MakeHostError;
  readonly signal: AbortSignal;
  readonly redact: Redact;
  readonly debug: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly patience: Patience;
  readonly agentFor: (url: URL) => Promise<Agent | undefined>;
}

const IN_FLIGHT = 16;

type Count = (requests: number, bytes: number) => void;

/** One socket a channel for all who ask, made when the first question is. */
export class SocketKeeper {
  readonly #kept = new Map<string, Promise<HostSocket>>();
  /** Frames do not say whose they are: what comes is put down to whoever asked last, so that the sum is right. */
  #count: Count = () => undefined;

  constructor(private readonly options: KeeperOptions) {}

  open(channel: Channel, count: Count): Socket {
    const url = new URL(channel.url);
    if (!this.options.origins.has(url.origin)) {
      throw this.options.error('UNSUPPORTED', `it asked ${url.origin}, which is not among the hosts it declares`);
    }
    return {
      ask: async <T>(message: Readonly<Record<string, unknown>>, schema: Schema<T>, options = {}) => {
        const socket = await this.#socket(channel, url);
        this.#count = count;
        count(1, 0);
        return socket.ask(message, schema, options);
      },
    };
  }

  async close(): Promise<void> {
    for (const socket of this.#kept.values()) await (await socket).close();
    this.#kept.clear();
  }

  #socket(channel: Channel, url: URL): Promise<HostSocket> {
    const kept = this.#kept.get(url.href);
    if (kept !== undefined) return kept;
    const made = this.#make(channel);
    this.#kept.set(url.href, made);
    return made;
  }

  /** The socket's code, and ws with it, is loaded by those who need one. */
  async #make(channel: Channel): Promise<HostSocket> {
    const { createSocket } = await import('./socket.js');
    const { turnstile, error, signal, redact, debug, patience, agentFor } = this.options;
    return createSocket(channel, {
      pace: (cost) => turnstile.wait(channel.pool, cost ?? {}),
      onThrottled: (cause) => {
        if (isProviderError(cause))
          void turnstile.shut(channel.pool, cause.until ?? Date.now() + patience.longestWaitMs);
      },
      makeError: error,
      signal,
      agentFor,
      redact,
      debug,
      patience,
      onBytes: (bytes) => this.#count(0, bytes),
      maxInFlight: IN_FLIGHT,
    });
  }
}
