// By subpath: the package's index brings all of date-fns' formats along, which costs 200 ms of start-up.
import { fromZonedTime } from 'date-fns-tz/fromZonedTime';
import { DAY } from '../../../market/timeframe.js';
import type { Window } from '../../../provider/index.js';

/**
 * What was spent of a pool's windows, as plain data that processes share. Each window is cut in slots, and a slot's
 * spending counts until the whole slot has left the window: a little too careful, never too bold, whatever the
 * provider's own windows start at.
 */
export interface Ledger {
  readonly windows: Readonly<Record<string, readonly Slot[]>>;
}

export interface Slot {
  readonly at: number;
  readonly used: number;
}

export const EMPTY_LEDGER: Ledger = { windows: {} };

const SLOTS = 20;

/** A ledger out of what another program, or an older version, may have left in a file. */
export function readLedger(value: unknown): Ledger {
  const { windows } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Ledger>;
  const named = Object.entries(typeof windows === 'object' && windows !== null ? windows : {});
  return { windows: Object.fromEntries(named.map(([name, slots]) => [name, readSlots(slots)])) };
}

function readSlots(value: unknown): readonly Slot[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly (Partial<Slot> | null)[]).flatMap((slot) => {
    const { at, used } = slot ?? {};
    return Number.isFinite(at) && Number.isFinite(used) && (used as number) > 0 ? [{ at, used } as Slot] : [];
  });
}

export interface Refused {
  readonly window: Window;
  /** When enough of it will be free. */
  readonly until: number;
}

/** The ledger with the cost entered in every window, or the window that has no room for it. */
export function spend(ledger: Ledger, windows: readonly Window[], cost: Costs, now: number): Ledger | Refused {
  const next: Record<string, readonly Slot[]> = {};
  for (const window of windows) {
    const slots = live(ledger.windows[window.name] ?? [], window, now);
    const wanted = costIn(window, cost);
    const until = roomAt(slots, window, wanted);
    if (until !== undefined && wanted > 0) return { window, until: Math.max(until, now + 1) };
    next[window.name] = enter(slots, window, now, wanted);
  }
  return { windows: next };
}

export type Costs = Readonly<Record<string, number>>;

export const costIn = (window: Window, cost: Costs): number => cost[window.name] ?? 1;

/** The provider counted more in its window than we did: another program shares the address, or we forgot. */
export function adopt(ledger: Ledger, windows: readonly Window[], used: Costs, now: number): Ledger {
  const next: Record<string, readonly Slot[]> = { ...ledger.windows };
  for (const window of windows) {
    const theirs = used[window.name];
    if (theirs === undefined || !Number.isFinite(theirs)) continue;
    const slots = live(ledger.windows[window.name] ?? [], window, now);
    const start = Math.floor(now / window.perMs) * window.perMs;
    const ours = total(slots.filter((slot) => slot.at + slotLength(window) > start));
    if (theirs > ours) next[window.name] = enter(slots, window, now, theirs - ours);
  }
  return { windows: next };
}

/** The provider says that the window is used up, whatever we counted. */
export function fill(ledger: Ledger, window: Window, now: number): Ledger {
  const slots = live(ledger.windows[window.name] ?? [], window, now);
  const rest = Math.max(0, window.max - total(slots));
  return { windows: { ...ledger.windows, [window.name]: enter(slots, window, now, rest) } };
}

/** What is left of a window now. */
export function remaining(ledger: Ledger, window: Window, now: number): number {
  return Math.max(0, window.max - total(live(ledger.windows[window.name] ?? [], window, now)));
}

function total(slots: readonly Slot[]): number {
  return slots.reduce((sum, slot) => sum + slot.used, 0);
}

/** Slots that still count. One from the future means that the clock was set back: it counts as of now. */
function live(slots: readonly Slot[], window: Window, now: number): Slot[] {
  const moved = slots.map((slot) => (slot.at > now ? { at: slotOf(window, now), used: slot.used } : slot));
  return moved.filter((slot) => expiryOf(slot, window) > now);
}

function enter(slots: readonly Slot[], window: Window, now: number, used: number): readonly Slot[] {
  if (used === 0) return slots;
  const at = slotOf(window, now);
  const same = slots.find((slot) => slot.at === at);
  return [...slots.filter((slot) => slot !== same), { at, used: used + (same?.used ?? 0) }];
}

/** When there is room for `wanted`: undefined means now. */
function roomAt(slots: readonly Slot[], window: Window, wanted: number): number | undefined {
  let over = total(slots) + Math.min(wanted, window.max) - window.max;
  if (over <= 0) return undefined;
  const leaving = slots.map((slot) => ({ at: expiryOf(slot, window), used: slot.used })).sort((a, b) => a.at - b.at);
  for (const slot of leaving) {
    over -= slot.used;
    if (over <= 0) return slot.at;
  }
  return leaving.at(-1)?.at;
}

function slotLength(window: Window): number {
  return Math.max(1, Math.floor(window.perMs / SLOTS));
}

function slotOf(window: Window, now: number): number {
  if (window.resetZone !== undefined) return midnight(window.resetZone, now, 0);
  const length = slotLength(window);
  return Math.floor(now / length) * length;
}

function expiryOf(slot: Slot, window: Window): number {
  if (window.resetZone !== undefined) return midnight(window.resetZone, slot.at, 1);
  return slot.at + slotLength(window) + window.perMs;
}

/** Midnight in a zone, so many days after the one that began the day of `instant`. */
function midnight(zone: string, instant: number, days: number): number {
  let date = Math.floor(instant / DAY) * DAY + DAY;
  while (startOfDate(zone, date) > instant) date -= DAY;
  return startOfDate(zone, date + days * DAY);
}

/** When a date, given as its 00:00 UTC, begins in a zone. */
function startOfDate(zone: string, date: number): number {
  return fromZonedTime(new Date(date).toISOString().slice(0, 19), zone).getTime();
}
