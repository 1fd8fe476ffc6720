import type { Channel, Cost, Schema } from '../../../provider/index.js';
import { awaitedByMany, chooseBackoff, sleep, untilAborted, within } from '../waiting.js';
import { Connection } from './socket-connection.js';
import { nameHost, shakeHands } from './socket-handshake.js';
import { judgeSafely } from './socket-refusal.js';
import { Slots } from './socket-slots.js';
import { ANSWER_MS, HANDSHAKE_MS, type HostSocket, IDLE_MS, type SocketTools } from './socket-tools.js';

type Message = Readonly<Record<string, unknown>>;

/**
 * Questions and answers over one WebSocket, opened when first asked and shared by whoever asks. What was not
 * answered when it broke is asked again on the next: every message must be harmless to repeat.
 */
export function createSocket(channel: Channel, tools: SocketTools): HostSocket {
  return new ChannelSocket(channel, tools);
}

class ChannelSocket implements HostSocket {
  readonly #channel: Channel;
  readonly #tools: SocketTools;
  readonly #host: string;
  readonly #slots: Slots;
  /** Aborted by the host's signal or by `close`: everything that waits listens to this one. */
  readonly #life = new AbortController();
  readonly #onAbort = (): void => this.#stop(this.#tools.signal.reason);
  #connection: Connection | undefined;
  #connecting: Promise<Connection> | undefined;
  #failures = 0;
  #number = 0;
  #asking = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(channel: Channel, tools: SocketTools) {
    this.#channel = channel;
    this.#tools = tools;
    this.#host = nameHost(channel);
    this.#slots = new Slots(tools.maxInFlight);
    awaitedByMany(this.#life.signal);
    if (tools.signal.aborted) this.#onAbort();
    else tools.signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  async ask<T>(message: Message, schema: Schema<T>, options: { readonly cost?: Cost } = {}): Promise<T> {
    this.#life.signal.throwIfAborted();
    this.#asking += 1;
    clearTimeout(this.#idle);
    try {
      await this.#slots.take(this.#life.signal);
      try {
        return await this.#accept(await this.#persist(message, options.cost), schema);
      } finally {
        this.#slots.give();
      }
    } finally {
      this.#asking -= 1;
      this.#rest();
    }
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#stop(this.#tools.makeError('UNAVAILABLE', `the connection to ${this.#host} was closed`));
    await connection?.end(this.#life.signal.reason);
  }

  #stop(reason: unknown): void {
    this.#tools.signal.removeEventListener('abort', this.#onAbort);
    clearTimeout(this.#idle);
    if (!this.#life.signal.aborted) this.#life.abort(reason);
    void this.#connection?.end(reason);
    this.#connection = undefined;
  }

  /** Asks until there is an answer that is no refusal, as often and as long as that can help. */
  async #persist(message: Message, cost: Cost | undefined): Promise<Message> {
    let left = this.#tools.patience.totalMs;
    for (let attempt = 1; ; attempt++) {
      await untilAborted(this.#tools.pace(cost), this.#life.signal);
      const began = performance.now();
      const outcome = await this.#attempt(message, left);
      if ('answer' in outcome) return outcome.answer;
      left -= performance.now() - began;
      left -= await this.#pause(outcome, attempt, left);
    }
  }

  async #attempt(message: Message, left: number): Promise<Outcome> {
    try {
      const connection = await within(left, this.#connect(), () => this.#tooLate());
      const waitMs = Math.min(left, this.#tools.patience.answerMs ?? ANSWER_MS);
      const answer = await connection.ask(message, waitMs);
      this.#failures = 0;
      const refusal = judgeSafely(this.#channel, answer);
      return refusal === undefined ? { answer } : { error: refusal };
    } catch (error) {
      return { error };
    }
  }

  /** Waits before the next attempt, and says how much of the ask's own time that took; throws where none can help. */
  async #pause({ error }: Refused, attempt: number, left: number): Promise<number> {
    const { signal } = this.#life;
    const { attempts, longestWaitMs, firstPauseMs, longestPauseMs } = this.#tools.patience;
    signal.throwIfAborted();
    const code = readField(error, 'code');
    if (code === 'THROTTLED') this.#tools.onThrottled?.(error as Error);
    const transient = readField(error, 'transient') ?? (code === 'THROTTLED' || code === 'UNAVAILABLE');
    if (transient !== true || attempt >= attempts) throw error;
    const until = readField(error, 'until');
    if (typeof until === 'number') {
      const stated = until - (this.#tools.now ?? Date.now)();
      if (stated > longestWaitMs) throw error;
      await sleep(Math.max(0, stated) + Math.random() * firstPauseMs, signal);
      return 0;
    }
    // Where the connection was lost, the pause comes before the next one, shared by all who wait for it.
    const pause = this.#connection === undefined ? 0 : chooseBackoff(attempt, firstPauseMs, longestPauseMs);
    if (left - pause <= 0) throw error;
    await sleep(pause, signal);
    return pause;
  }

  #connect(): Promise<Connection> {
    // First the one under way: until its login is done, a connection is nobody's.
    if (this.#connecting === undefined && this.#connection !== undefined) return Promise.resolve(this.#connection);
    this.#connecting ??= this.#open().finally(() => {
      this.#connecting = undefined;
      this.#rest();
    });
    return this.#connecting;
  }

  async #open(): Promise<Connection> {
    const { signal } = this.#life;
    const { firstPauseMs, longestPauseMs } = this.#tools.patience;
    if (this.#failures > 0) await sleep(chooseBackoff(this.#failures, firstPauseMs, longestPauseMs), signal);
    try {
      const connection = await shakeHands(this.#channel, this.#tools, signal, (ws) => {
        this.#connection = new Connection(ws, {
          channel: this.#channel,
          tools: this.#tools,
          host: this.#host,
          takeNumber: () => ++this.#number,
          onLost: (lost, asked) => this.#lose(lost, asked),
        });
        return this.#connection;
      });
      await this.#greet(connection);
      this.#tools.debug('socket open', { host: this.#host, failures: this.#failures });
      return connection;
    } catch (error) {
      this.#failures += 1;
      throw error;
    }
  }

  /** What a connection begins with is nobody's business: neither it nor its answer is ever shown. */
  async #greet(connection: Connection): Promise<void> {
    const { hello = [] } = this.#channel;
    try {
      for (const message of hello) {
        await untilAborted(this.#tools.pace(undefined), this.#life.signal);
        const answer = await connection.ask(message, this.#tools.patience.handshakeMs ?? HANDSHAKE_MS);
        const refusal = judgeSafely(this.#channel, answer);
        if (refusal !== undefined) throw refusal;
      }
    } catch (error) {
      connection.fail(error);
      throw error;
    }
  }

  #lose(lost: Connection, asked: number): void {
    if (this.#connection === lost) this.#connection = undefined;
    if (asked > 0 && this.#connecting === undefined) this.#failures += 1;
    this.#tools.debug('socket lost', { host: this.#host, asked });
  }

  async #accept<T>(answer: Message, schema: Schema<T>): Promise<T> {
    const result = await schema['~standard'].validate(answer);
    if (result.issues === undefined) return result.value;
    const [issue] = result.issues;
    const path = (issue?.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
    const what = this.#tools.redact(`${path === '' ? '' : `${path}: `}${issue?.message ?? 'it does not fit'}`);
    throw this.#tools.makeError('MALFORMED', `${this.#host} gave an answer of another shape: ${what.slice(0, 200)}`);
  }

  /** Closes what nobody uses, but not at once: the next question is often near. */
  #rest(): void {
    clearTimeout(this.#idle);
    if (this.#asking > 0 || this.#connection === undefined) return;
    this.#idle = setTimeout(() => {
      void this.#connection?.end(
        this.#tools.makeError('UNAVAILABLE', `the connection to ${this.#host} was not needed`),
      );
      this.#connection = undefined;
    }, this.#tools.patience.idleMs ?? IDLE_MS).unref();
  }

  #tooLate(): Error {
    const within = `${Number((this.#tools.patience.totalMs / 1000).toPrecision(3))} s`;
    return this.#tools.makeError('UNAVAILABLE', `${this.#host} could not be reached within ${within}`);
  }
}

interface Refused {
  readonly error: unknown;
}

type Outcome = { readonly answer: Message } | Refused;

function readField(error: unknown, field: 'code' | 'until' | 'transient'): unknown {
  return typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[field] : undefined;
}
