import type { Fault, Faults } from './server.js';

export interface PlannedFault {
  readonly server: string;
  /** Of path and query, or a socket's message; absent: every request. */
  readonly match?: RegExp;
  /** How many requests it spoils; 1 when absent. */
  readonly times?: number;
  readonly fault: Fault;
}

export interface FaultPlan extends Faults {
  add(planned: PlannedFault): void;
  clear(): void;
}

/** What shall go wrong, in the order it was asked for: each request meets the first that fits it. */
export function createFaults(initial: readonly PlannedFault[] = []): FaultPlan {
  let plans: { readonly planned: PlannedFault; left: number }[] = [];
  const add = (planned: PlannedFault): void => {
    plans.push({ planned, left: planned.times ?? 1 });
  };
  initial.forEach(add);
  return {
    add,
    clear() {
      plans = [];
    },
    next(server, what) {
      const plan = plans.find(({ planned }) => planned.server === server && what.search(planned.match ?? /^/) >= 0);
      if (plan === undefined) return undefined;
      plan.left -= 1;
      if (plan.left <= 0) plans = plans.filter((other) => other !== plan);
      return plan.planned.fault;
    },
  };
}
