import { type Ledger, readLedger } from './ledger.js';

/** What is shared: a ledger for each pool, and until when each gate is shut. */
export interface Shared {
  readonly pools: Readonly<Record<string, Ledger>>;
  readonly gates: Readonly<Record<string, number>>;
}

/** The state of an older or garbled file counts for nothing: it only costs a moment of care. */
export function readShared(current: unknown): Shared {
  const shared = (typeof current === 'object' && current !== null ? current : {}) as Partial<Shared>;
  const pools = Object.entries(objectOr(shared.pools)).map(([name, ledger]) => [name, readLedger(ledger)] as const);
  const gates = Object.entries(objectOr(shared.gates)).filter(([, until]) => Number.isFinite(until));
  return { pools: Object.fromEntries(pools), gates: Object.fromEntries(gates) };
}

function objectOr<T extends object>(value: T | undefined): T {
  return typeof value === 'object' && value !== null ? value : ({} as T);
}
