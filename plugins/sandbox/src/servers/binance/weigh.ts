export interface WeightLimits {
  /** Weight in a window; the family's own when absent. */
  readonly max: number;
  readonly windowMs: number;
  /** How many refusals in a row of one window are let pass with 429 before the address is banned. */
  readonly patience: number;
  /** How long the first ban lasts, the second …; the last one again and again. */
  readonly banMs: readonly number[];
}

export type Verdict =
  | { readonly status: 200; readonly used: number }
  | { readonly status: 429; readonly used: number; readonly retryAfter: number }
  | { readonly status: 418; readonly used: number; readonly retryAfter: number; readonly until: number };

/** Windows that begin on the full minute of the real clock, as theirs do, and the bans of those who go on regardless. */
export function createScale(limits: WeightLimits): (cost: number) => Verdict {
  let window = Number.NaN;
  let used = 0;
  let refusals = 0;
  let bans = 0;
  let bannedUntil = 0;
  const ban = (now: number): Verdict => ({
    status: 418,
    used,
    retryAfter: Math.max(1, Math.ceil((bannedUntil - now) / 1000)),
    until: bannedUntil,
  });
  return (cost) => {
    const now = Date.now();
    if (now < bannedUntil) return ban(now);
    const current = Math.floor(now / limits.windowMs);
    if (current !== window) {
      window = current;
      used = 0;
      refusals = 0;
    }
    used += cost;
    if (used <= limits.max) return { status: 200, used };
    refusals += 1;
    if (refusals > limits.patience) {
      bannedUntil = now + (limits.banMs[Math.min(bans, limits.banMs.length - 1)] as number);
      bans += 1;
      return ban(now);
    }
    return { status: 429, used, retryAfter: Math.max(1, Math.ceil(((window + 1) * limits.windowMs - now) / 1000)) };
  };
}
