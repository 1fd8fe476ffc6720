import type { Range } from './range.js';

/** When a market trades: never closed, or in sessions. Pure data and arithmetic. */
export interface Calendar {
  /** `24x7`, `fx`, or an exchange's code: `XNYS`. */
  readonly id: string;
  /** Sessions that meet the range, ascending and disjoint; undefined for a market that never closes. */
  readonly sessions: ((range: Range) => readonly Session[]) | undefined;
  /** `daily`: each session is a day with a date, and has one daily bar. `weekly`: it runs for days on end (FX). */
  readonly rhythm: 'always' | 'daily' | 'weekly';
  /**
   * Where its sessions are vouched for; absent: everywhere. Outside, the rules go on, but closures that no rule
   * foretells are not known.
   */
  readonly known?: Range;
}

export interface Session {
  /** The session's date, as 00:00 UTC of that date: the time stamp of its daily bar. */
  readonly date: number;
  readonly open: number;
  readonly close: number;
  /** Nobody trades meanwhile (lunch in Tokyo); ascending, inside the session. */
  readonly breaks?: readonly Range[];
}

export const ALWAYS_OPEN: Calendar = { id: '24x7', sessions: undefined, rhythm: 'always' };
