import type { Wish } from '../populate/make-asks.js';

/** A wish that already knows whom to ask, and why: a listing it is from, or the series it goes on with. */
export interface Want extends Wish {
  readonly provider?: string | undefined;
  /** Why this provider, in words that follow its name. */
  readonly reason?: string | undefined;
  /** It begins at its `start` for certain: nobody need be asked when it was listed. */
  readonly begun?: boolean;
  /** What a person should know of this choice. */
  readonly note?: string;
}

/** Each series once: of several wishes the earliest start and the latest end hold. */
export function joinWants(wants: readonly Want[]): Want[] {
  const joined = new Map<string, Want>();
  for (const want of wants) {
    const key = `${want.symbol.symbol} ${want.timeframe}`;
    const other = joined.get(key);
    joined.set(key, other === undefined ? want : join(other, want));
  }
  return [...joined.values()];
}

function join(a: Want, b: Want): Want {
  const { start: _start, end: _end, ...rest } = a;
  return {
    ...rest,
    ...(a.start === undefined || b.start === undefined ? {} : { start: Math.min(a.start, b.start) }),
    ...(a.end === undefined || b.end === undefined ? {} : { end: Math.max(a.end, b.end) }),
  };
}
