/** How long the host waits for what; tests shorten it. All in milliseconds. */
export interface Patience {
  /** To be connected and to have the reply's head. */
  readonly headMs: number;
  /** Between two pieces of a body. */
  readonly idleMs: number;
  /** One request in all: every attempt and every pause between them, but not waiting for its turn. */
  readonly totalMs: number;
  /** A stated wait up to this is waited for; a longer one ends the provider's work with the time to come back. */
  readonly longestWaitMs: number;
  readonly attempts: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

export const PATIENCE: Patience = {
  headMs: 20_000,
  idleMs: 15_000,
  totalMs: 120_000,
  longestWaitMs: 60_000,
  attempts: 5,
  firstPauseMs: 500,
  longestPauseMs: 20_000,
};

/** What a reply may weigh, in bytes. */
export interface Caps {
  /** As it comes over the wire. */
  readonly wire: number;
  /** Once inflated. */
  readonly decoded: number;
  /** How much larger the latter may be, beyond the first megabyte. */
  readonly ratio: number;
  /** Archives are files and not answers: they may weigh more. */
  readonly archive: number;
}

const MIB = 1024 * 1024;

export const CAPS: Caps = { wire: 32 * MIB, decoded: 32 * MIB, ratio: 200, archive: 256 * MIB };
