import { AlmanacError } from '../../market/almanac-error.js';
import type { Leaving, Left } from './leaving.js';

export interface Moved {
  readonly ids: readonly string[];
  readonly cut?: string | undefined;
  readonly error?: unknown;
}

export interface MoveTools<T extends Leaving> {
  /** Moves it and says under which ids it lies; an error beside them stands for what could not be moved. */
  readonly move: (leaving: T) => Promise<Moved>;
  /** What else the cache says of a series that has changed. */
  readonly forget: (leaving: T) => Promise<void>;
  readonly signal: AbortSignal;
}

/** One series after another; one that cannot be moved, because another program writes it, keeps no other from going. */
export async function moveEach<T extends Leaving>(all: readonly T[], tools: MoveTools<T>): Promise<Left<T>[]> {
  const left: Left<T>[] = [];
  for (const leaving of all) {
    tools.signal.throwIfAborted();
    const { ids, cut, error } = await tools.move(leaving).catch((error: unknown): Moved => ({ ids: [], error }));
    if (ids.length > 0) await tools.forget(leaving);
    if (error !== undefined && !(error instanceof AlmanacError)) throw error;
    left.push({ leaving, ids, ...(cut === undefined ? {} : { cut }), ...(error === undefined ? {} : { error }) });
  }
  return left;
}
