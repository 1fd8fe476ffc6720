import type { WebSocket } from 'ws';
import type { Channel } from '../../../provider/index.js';
import { explainClose, explainFailure, judgeSafely } from './socket-refusal.js';
import type { SocketTools } from './socket-tools.js';

export interface ConnectionParts {
  readonly channel: Channel;
  readonly tools: SocketTools;
  readonly host: string;
  /** Increasing over all connections of a socket, so that no late answer can be taken for another's. */
  readonly takeNumber: () => number;
  /** `asked`: how many were waiting when it happened. */
  readonly onLost: (connection: Connection, asked: number) => void;
}

type Message = Readonly<Record<string, unknown>>;

interface Waiting {
  readonly sentAt: number;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (answer: Message) => void;
  readonly reject: (error: unknown) => void;
}

const SILENT_BEATS = 2.5;
const MOST_STRAYS_TOLD = 3;
/** Of what nobody asked for, since the last message that somebody did. */
const MOST_STRAYS = 100_000;
const MOST_STRAY_BYTES = 4 * 1024 * 1024;
const GRACE_MS = 1_000;

/** One open WebSocket: sends numbered messages, pairs the answers, keeps itself alive and notices when it is not. */
export class Connection {
  readonly #ws: WebSocket;
  readonly #parts: ConnectionParts;
  readonly #waiting = new Map<number, Waiting>();
  readonly #gone: Promise<void>;
  readonly #heart: NodeJS.Timeout;
  readonly #watch: NodeJS.Timeout;
  #beat: number | undefined;
  #heardAt = performance.now();
  #strays = 0;
  #strayBytes = 0;
  #lost: unknown;

  constructor(ws: WebSocket, parts: ConnectionParts) {
    this.#ws = ws;
    this.#parts = parts;
    const { everyMs } = parts.channel.keepAlive;
    this.#heart = setInterval(() => this.#keepAlive(), everyMs).unref();
    this.#watch = setInterval(() => this.#lookForLife(), everyMs / 4).unref();
    ws.on('message', (data, isBinary) => this.#hear(data as Buffer, isBinary));
    ws.on('ping', () => this.#countStray(0));
    ws.on('error', (error) => this.fail(explainFailure(error, parts.host, parts.tools)));
    ws.on('close', (code, reason) => this.fail(explainClose(code, reason.toString(), parts.host, parts.tools)));
    this.#gone = new Promise((resolve) => ws.once('close', () => resolve()));
  }

  /** The answer, whatever it says; rejects when none comes in time or the connection is lost. */
  ask(message: Message, waitMs: number): Promise<Message> {
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    const number = this.#parts.takeNumber();
    return new Promise<Message>((resolve, reject) => {
      const sentAt = performance.now();
      const timer = setTimeout(() => this.#giveUp(number, waitMs), waitMs);
      this.#waiting.set(number, { sentAt, timer, resolve, reject });
      this.#send(message, number);
    });
  }

  /** Breaks the connection; whoever waits is told why. */
  fail(reason: unknown): void {
    if (this.#lost !== undefined) return;
    this.#lost = reason;
    clearInterval(this.#heart);
    clearInterval(this.#watch);
    const asked = this.#waiting.size;
    this.#rejectAll(reason);
    this.#ws.terminate();
    this.#parts.onLost(this, asked);
  }

  /** Takes leave; resolves when the other side has too, or has had the time to. */
  end(reason: unknown): Promise<void> {
    if (this.#lost === undefined) {
      this.#lost = reason;
      clearInterval(this.#heart);
      clearInterval(this.#watch);
      this.#rejectAll(reason);
      this.#ws.close(1000);
      const timer = setTimeout(() => this.#ws.terminate(), GRACE_MS).unref();
      void this.#gone.then(() => clearTimeout(timer));
    }
    return this.#gone;
  }

  #send(message: Message, number: number): void {
    this.#ws.send(JSON.stringify({ ...message, [this.#parts.channel.idField]: number }), () => undefined);
  }

  #hear(data: Buffer, isBinary: boolean): void {
    if (this.#lost !== undefined) return;
    const { tools, host } = this.#parts;
    this.#heardAt = performance.now();
    tools.onBytes?.(data.length);
    const message = isBinary ? undefined : parse(data);
    if (message === undefined) this.fail(tools.makeError('MALFORMED', `${host} sent a message that is not JSON`));
    else this.#sort(message, message[this.#parts.channel.idField], data.length);
  }

  #sort(message: Message, number: unknown, bytes: number): void {
    const waiting = typeof number === 'number' ? this.#waiting.get(number) : undefined;
    if (waiting !== undefined) {
      this.#strays = 0;
      this.#strayBytes = 0;
      this.#forget(number as number);
      waiting.resolve(message);
      return;
    }
    if (number !== undefined && number === this.#beat) return;
    this.#countStray(bytes);
    // A refusal without a number can mean any of those who wait: all are told, and ask again where that may help.
    const refusal = typeof number === 'number' ? undefined : judgeSafely(this.#parts.channel, message);
    if (refusal === undefined) this.#tellStray();
    else this.#rejectAll(refusal);
  }

  #keepAlive(): void {
    this.#beat = this.#parts.takeNumber();
    this.#send(this.#parts.channel.keepAlive.message, this.#beat);
  }

  #lookForLife(): void {
    if (this.#waiting.size === 0) return;
    const silent = performance.now() - this.#heardAt;
    if (silent > SILENT_BEATS * this.#parts.channel.keepAlive.everyMs) this.#failSilent(silent);
  }

  #giveUp(number: number, waitMs: number): void {
    const waiting = this.#waiting.get(number);
    if (waiting === undefined) return;
    if (this.#heardAt < waiting.sentAt) {
      this.#failSilent(waitMs);
      return;
    }
    this.#forget(number);
    const { host, tools } = this.#parts;
    waiting.reject(tools.makeError('UNAVAILABLE', `${host} did not answer within ${seconds(waitMs)}`));
  }

  #failSilent(ms: number): void {
    const { host, tools } = this.#parts;
    this.fail(tools.makeError('UNAVAILABLE', `${host} has said nothing for ${seconds(ms)}`));
  }

  #countStray(bytes: number): void {
    this.#strays += 1;
    this.#strayBytes += bytes;
    if (this.#strays <= MOST_STRAYS && this.#strayBytes <= MOST_STRAY_BYTES) return;
    const { host, tools } = this.#parts;
    this.fail(tools.makeError('MALFORMED', `${host} floods the connection with what nobody asked for`));
  }

  #tellStray(): void {
    if (this.#strays > MOST_STRAYS_TOLD) return;
    this.#parts.tools.debug('a message that answers nothing is ignored', {
      host: this.#parts.host,
      seen: this.#strays,
    });
  }

  #forget(number: number): void {
    clearTimeout(this.#waiting.get(number)?.timer);
    this.#waiting.delete(number);
  }

  #rejectAll(reason: unknown): void {
    for (const [number, { reject }] of this.#waiting) {
      this.#forget(number);
      reject(reason);
    }
  }
}

/** A JSON value that is no object answers nothing, and says nothing either. */
function parse(data: Buffer): Message | undefined {
  try {
    const value: unknown = JSON.parse(data.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Message) : {};
  } catch {
    return undefined;
  }
}

function seconds(ms: number): string {
  return `${Number((ms / 1000).toPrecision(2))} s`;
}
