import { RateWindow } from '../rate-window.js';
import { toWall } from '../zone-clock.js';
import type { AlphaVantageOptions } from './options.js';

const DAY = 86_400_000;
const PER_DAY = 25;
const BURST = { max: 1, perMs: 1000 };

/** What each free key has used: of this second, and of this day in New York. */
export class KeyUsage {
  readonly #limits: NonNullable<AlphaVantageOptions['limits']>;
  readonly #realNow: () => number;
  readonly #days = new Map<string, { day: number; used: number }>();
  readonly #bursts = new Map<string, RateWindow>();

  constructor(limits: AlphaVantageOptions['limits'] = {}, realNow: () => number = Date.now) {
    this.#limits = limits;
    this.#realNow = realNow;
  }

  /** Counts one request of a key, or says why it may not be served. Refused ones cost nothing. */
  take(key: string): 'ok' | 'burst' | 'quota' {
    const today = Math.floor(toWall('America/New_York', this.#realNow()) / DAY);
    const known = this.#days.get(key);
    const usage = known?.day === today ? known : { day: today, used: 0 };
    if (usage.used >= (this.#limits.perDay ?? PER_DAY)) return 'quota';
    const window = this.#bursts.get(key) ?? new RateWindow(this.#limits.burst ?? BURST);
    this.#bursts.set(key, window);
    if (!window.take(this.#realNow())) return 'burst';
    this.#days.set(key, { day: today, used: usage.used + 1 });
    return 'ok';
  }
}
