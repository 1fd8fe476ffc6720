import type { FilePort } from './files/file-port.js';

/** What every part of one open store shares. */
export interface StoreContext {
  readonly folder: string;
  readonly files: FilePort;
  readonly now: () => number;
  readonly writtenBy: string;
  readonly lockTimeoutMs: number;
  readonly owner: string;
  readonly signal: AbortSignal | undefined;
  /** Ends a wait for another writer, and nothing that has begun. */
  readonly waiting?: AbortSignal | undefined;
}
