/** One thing that was looked at, and how it is. `warning` stands in nobody's way today. */
export interface Finding {
  readonly check: string;
  readonly state: 'fine' | 'warning' | 'wrong';
  readonly detail: string;
  /** The next thing to type. */
  readonly next?: string;
}

export function fine(check: string, detail: string): Finding {
  return { check, state: 'fine', detail };
}

export function warning(check: string, detail: string, next?: string): Finding {
  return { check, state: 'warning', detail, ...(next === undefined ? {} : { next }) };
}

export function wrong(check: string, detail: string, next?: string): Finding {
  return { check, state: 'wrong', detail, ...(next === undefined ? {} : { next }) };
}
