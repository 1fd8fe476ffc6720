import type { Agent } from 'node:http';
import type { Cost, MakeError, Socket } from '../../../provider/index.js';
import type { Patience } from '../patience.js';

/** What a socket is given by the host it runs in. */
export interface SocketTools {
  /** Waits until the pool's windows and its ban gate let one more message of this cost go. */
  readonly pace: (cost: Cost | undefined) => Promise<void>;
  /** So that a ban said over the socket pauses everybody who shares it. */
  readonly onThrottled?: (error: Error) => void;
  /** What came in, message by message. */
  readonly onBytes?: (bytes: number) => void;
  readonly makeError: MakeError;
  /** Ends everything: what is pending rejects with its reason. */
  readonly signal: AbortSignal;
  /** Leads to a URL, through a proxy where there is one. */
  readonly agentFor?: (url: URL) => Promise<Agent | undefined>;
  readonly redact: (text: string) => string;
  readonly debug: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly patience: SocketPatience;
  /** Asked and not yet answered, at once. */
  readonly maxInFlight: number;
  /** The real clock, ms: waits are told by it. */
  readonly now?: () => number;
  readonly maxPayload?: number;
}

export interface SocketPatience
  extends Pick<Patience, 'totalMs' | 'longestWaitMs' | 'attempts' | 'firstPauseMs' | 'longestPauseMs'> {
  /** From the first byte to an open connection; and again for each message of the login. */
  readonly handshakeMs?: number;
  /** After this an answer is thought lost, and asked for again. */
  readonly answerMs?: number;
  /** A connection nobody has asked for so long is closed. */
  readonly idleMs?: number;
}

export interface HostSocket extends Socket {
  /** Pending asks are rejected; resolves when the connection is gone. */
  close(): Promise<void>;
}

export const HANDSHAKE_MS = 15_000;
export const ANSWER_MS = 30_000;
export const IDLE_MS = 60_000;
/** The largest real answer is half a megabyte; JSON made to hurt needs thirty times its size once parsed. */
export const MAX_PAYLOAD = 2 * 1024 * 1024;
